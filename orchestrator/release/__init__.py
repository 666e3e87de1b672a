"""The Helm release: installed, watched, used, compared, taken down."""
