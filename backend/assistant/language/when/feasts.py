"""Feasts whose day the moon sets: in which year on which day. For a feast that begins at sunset it is the day after.

The days up to today's year and the calculated ones after it are those of python-holidays 0.109 (MIT). Where two fall
into one year (Ramadan of 2030) the first is meant; past the last year of the table a feast is no date.
"""

from collections.abc import Callable
from datetime import date

FIRST_YEAR = 2020
# Month and day, a word a year from ``FIRST_YEAR`` on.
_DAYS = {
    "lunar new year": "0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208",
    "mid-autumn festival": "1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916",
    "dragon boat festival": "0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610",
    "diwali": "1114 1104 1024 1112 1031 1020 1108 1029 1017 1105 1026 1114 1102 1022 1110 1030",
    "holi": "0310 0329 0318 0308 0325 0314 0304 0322 0311 0301 0320 0309 0327 0316 0305 0324",
    "raksha bandhan": "0803 0822 0811 0830 0819 0809 0828 0817 0805 0823 0813 0802 0820 0810 0829 0818",
    "dussehra": "1025 1015 1005 1024 1012 1002 1020 1009 0927 1016 1006 1025 1014 1003 1022 1011",
    "navratri": "1017 1007 0926 1015 1003 0922 1011 0930 0919 1008 0928 1017 1005 0924 1013 1002",
    "hanukkah": "1211 1129 1219 1208 1226 1215 1205 1225 1213 1202 1221 1210 1128 1217 1207 1226",
    "passover": "0409 0328 0416 0406 0423 0413 0402 0422 0411 0331 0418 0408 0327 0414 0404 0424",
    "purim": "0310 0226 0317 0307 0324 0314 0303 0323 0312 0301 0319 0309 0226 0315 0305 0325",
    "rosh hashanah": "0919 0907 0926 0916 1003 0923 0912 1002 0921 0910 0928 0918 0906 0924 0914 1004",
    "yom kippur": "0928 0916 1005 0925 1012 1002 0921 1011 0930 0919 1007 0927 0915 1003 0923 1013",
    "sukkot": "1003 0921 1010 0930 1017 1007 0926 1016 1005 0924 1012 1002 0920 1008 0928 1018",
    "shavuot": "0529 0517 0605 0526 0612 0602 0522 0611 0531 0520 0607 0528 0516 0603 0524 0613",
    "ramadan": "0424 0413 0402 0323 0311 0301 0218 0208 0128 0116 0105 1215 1204 1123 1112 1101",
    "eid al-fitr": "0524 0513 0502 0421 0410 0330 0320 0309 0226 0214 0204 0124 0114 0102 1212 1201",
    "eid al-adha": "0731 0720 0709 0628 0616 0606 0527 0516 0505 0424 0413 0402 0322 0311 0301 0218",
    "islamic new year": "0820 0809 0730 0719 0707 0626 0616 0606 0525 0514 0503 0423 0411 0401 0321 0311",
    "ashura": "0829 0818 0808 0728 0716 0705 0625 0615 0603 0523 0512 0502 0420 0410 0330 0320",
}


def _of_year(name: str) -> Callable[[int], date]:
    days = _DAYS[name].split()

    def of_year(year: int) -> date:
        """The feast's day in a year; raises ValueError where the table has none."""
        if not FIRST_YEAR <= year < FIRST_YEAR + len(days):
            raise ValueError(f"the day of {name} in {year} is not known")
        day = days[year - FIRST_YEAR]
        return date(year, int(day[:2]), int(day[2:]))

    return of_year


FEASTS = {name: _of_year(name) for name in _DAYS}
