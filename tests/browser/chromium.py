"""Chromium without a window, driven through its WebDriver; reaches this machine and nothing else.

Debian's packages chromium and chromium-driver are what CI uses. Nothing is ever downloaded: the
driver is named, so Selenium has no reason to look for one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver

FLAGS = (
    "--headless",
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's /dev/shm is small
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-device-scale-factor=1",
    "--window-size=1440,900",
)
REQUIRED = "BROWSER_TESTS"
"""Environment variable: ``required`` makes the want of a browser a failure. CI sets it."""


@contextmanager
def browsing(profile: Path) -> Iterator[webdriver.Chrome]:
    """A browser with a fresh profile, ended with the block."""
    program, driver = _program("chromium", "chrome"), _program("chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()


def _program(*names: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    lacking = f"no {names[0]} here: apt-get install chromium chromium-driver"
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{lacking} ({REQUIRED}=required)")
    pytest.skip(lacking)
