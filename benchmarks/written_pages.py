"""Pages that sites send in place of a listing, written for the purpose: nothing may be learned from any of them."""

from __future__ import annotations

CONSENT = """<!doctype html><html lang="en"><head><title>Before you continue</title></head><body>
<div class="cookie-consent" role="dialog" aria-modal="true"><h1>We value your privacy</h1>
<p>We and our 842 partners store and access information on your device, such as cookies, for advertising and
measurement. You may accept, or manage your choices at any time.</p>
<ul class="purposes"><li><b>Necessary</b> <i>always on</i> <a href="/privacy#necessary">more</a></li>
<li><b>Analytics</b> <i>12/31/2026</i> <a href="/privacy#analytics">more</a></li>
<li><b>Marketing</b> <i>12/31/2026</i> <a href="/privacy#marketing">more</a></li>
<li><b>Partners</b> <i>06/30/2027</i> <a href="/privacy#partners">more</a></li></ul>
<form method="post" action="/consent"><button name="all">Accept all</button><button name="none">Reject all</button>
</form></div></body></html>"""

CHALLENGE = """<!doctype html><html lang="en-US"><head><title>Just a moment...</title>
<meta http-equiv="refresh" content="390"><script>window._cf_chl_opt={cType:'managed',cRay:'8f1c2d3e4a5b6c7d'};</script>
</head><body class="no-js"><div class="main-wrapper" role="main"><div class="main-content">
<h1>Checking your browser</h1><p id="challenge-running">Verify you are human by completing the action below.</p>
<form id="challenge-form" action="/?__cf_chl_f_tk=a1b2" method="POST"><input type="hidden" name="md" value="Zx9"></form>
<noscript>Enable JavaScript and cookies to continue</noscript></div></div>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>"""

LOGIN = """<!doctype html><html lang="en"><head><title>Sign in</title></head><body><main class="auth">
<h1>Sign in to your account</h1><p>Please sign in to see this page.</p>
<form action="/session" method="post"><label>E-mail <input type="email" name="user"></label>
<label>Password <input type="password" name="password"></label><button>Sign in</button></form>
<ul class="help"><li><a href="/reset">Forgot your password?</a></li><li><a href="/join">Create an account</a></li>
<li><a href="/sso">Single sign-on</a></li></ul></main></body></html>"""

SOFT_404 = """<!doctype html><html lang="en"><head><title>Page not found</title></head>
<body class="error404"><main><h1>Page not found</h1>
<p>Sorry, the page that you were looking for does not exist or has been moved.</p>
<h2>Popular pages</h2><ul class="popular"><li><a href="/about">About us</a> <time>March 3, 2026</time></li>
<li><a href="/news">News</a> <time>March 9, 2026</time></li><li><a href="/contact">Contact</a>
<time>March 12, 2026</time></li><li><a href="/careers">Careers</a> <time>April 1, 2026</time></li></ul>
<form action="/search"><input type="search" name="q"><button>Search</button></form></main></body></html>"""

WRITTEN = {"consent": CONSENT, "challenge": CHALLENGE, "login": LOGIN, "soft 404": SOFT_404}
