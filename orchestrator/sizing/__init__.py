"""Right-sizing (T030 to T032): use measured under load, requests and limits decided, applied, judged, taken back."""
