"""The pure core of Coursewright: the same code runs in the build, a notebook and the browser.

Imports nothing outside the standard library and knows neither MkDocs nor the browser.
"""
