"""The panel beside a browser: one application's values in another system's order, copied one by one."""
