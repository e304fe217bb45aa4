"""Pages that stand in the place of records, each in a build and a language of its own."""

# ruff: noqa: E501, RUF001 - pages as sites write them

from __future__ import annotations

CHALLENGES = {
    "interstitial with a spinner": (
        "<title>Just a moment...</title><body class=no-js><div class=main-wrapper><h1>registry.example</h1>"
        "<h2>Verifying you are human. This may take a few seconds.</h2><div id=challenge-stage></div>"
        "<noscript>Enable JavaScript and cookies to continue</noscript></div>"
        "<script>(function(){window._opt={cType:'managed',cRay:'8f1'};var a=document.createElement('script');"
        "a.src='/cdn/challenge-platform/orchestrate/v1?ray=8f1';document.head.appendChild(a);}())</script>"
    ),
    "proof of work": (
        "<!doctype html><meta charset=utf-8><title>Making sure you're not a bot!</title><main><img src=/mascot.webp>"
        "<p id=status>Loading...</p><div id=progress role=progressbar></div>"
        "<details><summary>Why am I seeing this?</summary><p>The administrator of this website protects it against"
        " the scourge of companies aggressively scraping websites.</p></details></main>"
        '<script id=pow_challenge type=application/json>{"difficulty":4,"nonce":"a81"}</script>'
        "<script type=module src=/.within/main.mjs></script>"
    ),
    "proof of work in the page, Chinese": (
        "<html lang=zh><title>安全验证</title><body><p>正在检查您的浏览器，请稍候……</p><script>"
        "let n=0;async function go(){while(true){const h=await crypto.subtle.digest('SHA-256',"
        "new TextEncoder().encode('k93'+n));if(new Uint8Array(h)[0]===0)break;n++}"
        "document.cookie='pow='+n+';path=/';location.reload()}go()</script></body></html>"
    ),
    "widget in a form, Spanish": (
        "<html lang=es><head><title>Verificación</title><script src='https://widgets.example/captcha/api.js' async></script>"
        "</head><body><div class=caja><h2>¿Es usted una persona?</h2><p>Complete la verificación para continuar.</p>"
        "<form method=post action=/_verify><div class=h-captcha data-sitekey=10000000-ffff></div>"
        "<button>Continuar</button></form></div></body></html>"
    ),
    "picture with letters, Russian": (
        "<html><head><title>Проверка</title></head><body><center><p>Введите символы с картинки</p>"
        "<form method=POST action='?'><img src='/captcha.php?s=88112' width=120 height=40><br>"
        "<input type=text name=code autocomplete=off maxlength=6><input type=submit value='Отправить'></form></center>"
    ),
    "nothing but a cookie and a reload": (
        "<html><body><script>document.cookie='__chk=7f3a;path=/;max-age=3600';"
        "setTimeout(function(){window.location.reload(true)},50)</script></body></html>"
    ),
    "device check in a frame": (
        "<html lang=fr><head><title>registre.example</title><style>#cmsg{animation:A 1.5s}</style></head>"
        "<body style=margin:0><p id=cmsg>Veuillez activer JS et désactiver tout bloqueur de publicité</p>"
        "<script>var dd={'rt':'c','cid':'AHrl','hsh':'A55','t':'fe','s':17434,'host':'geo.captcha-check.example'}</script>"
        "<script src='https://ct.captcha-check.example/c.js'></script>"
        "<iframe src='https://geo.captcha-check.example/captcha/?cid=AHrl' width=100% height=100%></iframe></body></html>"
    ),
    "waiting room that refreshes, Japanese": (
        "<html lang=ja><head><meta charset=utf-8><meta http-equiv=Refresh content='10'><title>お待ちください</title></head>"
        "<body><div id=box><h1>ただいまアクセスが集中しています</h1><p>順番にご案内します。このままお待ちください。</p></div></body></html>"
    ),
    "press and hold, within the site's own frame": (
        "<html><head><title>Access to this page has been denied</title></head><body>"
        "<header><a href=/>Registry</a><nav><a href=/decisions>Decisions</a><a href=/help>Help</a></nav></header>"
        "<section class=px-wrap><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1>"
        "<div id=px-captcha></div><p>Reference ID 77aa-12</p></section></body></html>"
    ),
}

CONSENTS = {
    "form of two buttons": (
        "<title>Before you continue</title><h1>Before you continue to Registry</h1>"
        "<p>We use cookies and data to deliver and maintain our services, and to measure how they are used.</p>"
        "<form action='https://consent.registry.example/save' method=POST><input type=hidden name=continue"
        " value='/decisions'><button name=set value=no>Reject all</button><button name=set value=yes>Accept all</button>"
        "</form><a href=/privacy>Privacy</a> <a href=/terms>Terms</a>"
    ),
    "modal over an emptied page, German": (
        "<html lang=de><body class=locked><div id=app></div><div role=dialog aria-modal=true class=cmp-einwilligung>"
        "<h2>Ihre Privatsphäre</h2><p>Wir und unsere 184 Partner speichern Informationen auf Ihrem Gerät.</p>"
        "<button class=btn-primary>Alle akzeptieren</button><button>Einstellungen</button></div></body></html>"
    ),
    "pay or consent, French": (
        "<html lang=fr><title>Le Registre</title><body><div class=paywall-cookies><h2>Deux choix s'offrent à vous</h2>"
        "<div class=choix><button data-choice=accept>Accepter les cookies et lire gratuitement</button></div>"
        "<div class=choix><button data-choice=pay>S'abonner pour 2 € par mois</button></div></div></body></html>"
    ),
    "frame of a consent manager": (
        "<html><head><title>Registry</title><script src='https://cdn.cmp.example/loader.js'></script></head><body>"
        "<div id=sp_message_container_1><iframe id=sp_message title='SP Consent Message'"
        " src='https://cdn.cmp.example/index.html?consent_origin=x&message_id=12'></iframe></div></body></html>"
    ),
    "Korean": (
        "<html lang=ko><head><title>쿠키 설정</title></head><body><main class=cookie-consent-page><h1>쿠키 사용 동의</h1>"
        "<p>계속하려면 쿠키 사용에 동의해 주십시오.</p><form method=post><button name=agree value=1>동의</button>"
        "<button name=agree value=0>거부</button></form></main></body></html>"
    ),
    "terms to accept before a search, no class to tell": (
        "<html><head><title>Public Access Disclaimer</title></head><body><table><tr><td><b>DISCLAIMER</b><p>The"
        " information herein is provided as is. By choosing I Accept you agree to the terms of use of this service."
        "</p><form method=post action=/disclaimer><input type=hidden name=ret value=/decisions>"
        "<input type=submit name=act value='I Accept'><input type=submit name=act value='I Do Not Accept'></form>"
        "</td></tr></table></body></html>"
    ),
    "age gate of two links": (
        "<html lang=it><body><div id=age-gate class=overlay role=dialog><p>Devi avere 18 anni per entrare.</p>"
        "<button id=yes>Ho più di 18 anni</button><button id=no>Esci</button></div></body></html>"
    ),
}

LOGINS = {
    "plain form": (
        "<title>Sign in</title><main><h1>Sign in to continue</h1><form method=post action=/login><label>E-mail"
        "<input type=email name=email></label><label>Password<input type=password name=pw></label><button>Sign in"
        "</button></form><a href=/forgot>Forgot password?</a><a href=/join>Create an account</a></main>"
    ),
    "in the site's frame with a large menu, Arabic": (
        "<html lang=ar dir=rtl><body><header><nav>"
        + "".join(f"<a href=/s{n}>قسم رقم {n} من أقسام الموقع الرسمي</a>" for n in range(40))
        + "</nav></header><div class=content><h1>تسجيل الدخول</h1><form action=/users/enter method=post>"
        "<input name=user><input name=pass type=password><input type=submit value='دخول'></form></div>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    ),
    "e-mail first, no password yet": (
        "<html><head><title>Registry ID</title></head><body><div class=card><h1>Welcome back</h1>"
        "<form action='https://id.registry.example/oauth2/authorize?client_id=web&amp;redirect_uri=%2Fdecisions'"
        " method=post><input type=email name=identifier autocomplete=username><button>Next</button></form></div></body>"
    ),
    "single sign-on that posts itself": (
        "<html><body onload='document.forms[0].submit()'><noscript><p>Your browser does not support JavaScript.</p>"
        "</noscript><form method=post action='https://sso.example/idp/profile/SAML2/POST/SSO'>"
        "<input type=hidden name=SAMLRequest value='PHNhbWxwOkF1dGhuUmVxdWVzdA=='>"
        "<input type=hidden name=RelayState value='/decisions'></form></body></html>"
    ),
    "members only, links to log in, Polish": (
        "<html lang=pl><body><div id=top><a href=/>Rejestr</a></div><div class=komunikat><h2>Treść dostępna tylko dla"
        " zalogowanych</h2><p>Aby zobaczyć tę stronę, musisz się zalogować.</p>"
        "<a class=btn href='/auth/login?returnUrl=%2Fdecisions'>Zaloguj się</a></div></body></html>"
    ),
    "code sent by telephone, Hindi": (
        "<html lang=hi><head><title>प्रवेश</title></head><body><form method=post action=/otp><p>अपना मोबाइल नंबर दर्ज करें</p>"
        "<input type=tel name=mobile autocomplete=tel><input name=otp autocomplete=one-time-code inputmode=numeric>"
        "<button>आगे बढ़ें</button></form></body></html>"
    ),
    "session ran out, old portal": (
        "<HTML><HEAD><TITLE>Session expired</TITLE></HEAD><BODY><FONT SIZE=2>Your session has expired. Log in again."
        "</FONT><FORM NAME=f ACTION=logon.do METHOD=POST><TABLE><TR><TD>User ID<TD><INPUT NAME=uid><TR><TD>Password<TD>"
        "<INPUT TYPE=PASSWORD NAME=pwd></TABLE><INPUT TYPE=SUBMIT VALUE=Logon></FORM></BODY></HTML>"
    ),
}

FRAME_TOP = (
    "<header><a href=/>City Registry</a><nav><a href=/decisions>Decisions</a><a href=/hearings>Hearings</a>"
    "<a href=/fees>Fees and forms</a><a href=/contact>Contact the clerk</a></nav></header>"
)
FRAME_END = "<footer><p>City Registry, 12 Canal Street</p><p>Open Monday to Friday, 9 to 4</p></footer>"

SOFT_404 = {
    "the site's own, in its frame": (
        f"<html><head><title>Page not found - City Registry</title></head><body>{FRAME_TOP}<main><h1>Page not found</h1>"
        f"<p>Sorry, the page you are looking for does not exist.</p></main>{FRAME_END}</body></html>"
    ),
    "frame kept, Greek, no number and no class": (
        f"<html lang=el><head><title>Σφάλμα</title></head><body>{FRAME_TOP}<main><h1>Η σελίδα δεν βρέθηκε</h1>"
        f"<p>Ελέγξτε τη διεύθυνση.</p></main>{FRAME_END}</body></html>"
    ),
    "number in the heading, bare, Turkish": (
        "<html lang=tr><head><title>404</title></head><body><h1>404</h1><p>Aradığınız sayfa bulunamadı.</p>"
        "<a href=/>Ana sayfa</a></body></html>"
    ),
    "body class of a publishing system": (
        "<html><head><title>Nothing found</title><meta name=robots content=noindex></head><body class='error404 wp'>"
        "<div id=page><h1 class=page-title>Oops! That page can’t be found.</h1><form role=search><input name=s>"
        "</form></div></body></html>"
    ),
    "canonical address of an error page": (
        "<html><head><title>City Registry</title><link rel=canonical href=https://registry.example/errors/not-found>"
        f"</head><body>{FRAME_TOP}<main><p>We moved a few things around. Use the menu.</p></main>{FRAME_END}</body></html>"
    ),
    "short and plain": "<html><head><title>Error</title></head><body>File not found: /decisions (404)</body></html>",
    "out of order at 200, Hebrew": (
        f"<html lang=he dir=rtl><head><title>שגיאה</title></head><body>{FRAME_TOP}<main><h1>אירעה שגיאה</h1>"
        f"<p>נסו שוב מאוחר יותר.</p></main>{FRAME_END}</body></html>"
    ),
    "parked domain": (
        "<html><head><title>registry.example</title></head><body><div class=parked><h1>registry.example</h1>"
        "<p>This domain is registered, but the owner has not put up a site yet.</p></div></body></html>"
    ),
    "application that answers every address alike": (
        "<html><head><title>Oops</title></head><body><div class=error-page><div class=error-code>404</div>"
        "<h2>Strona nie istnieje</h2><a href=/>Wróć</a></div></body></html>"
    ),
}

NEED_THE_KNOWN_PAGE = frozenset({
    "the site's own, in its frame", "frame kept, Greek, no number and no class", "out of order at 200, Hebrew",
})  # fmt: skip
"""Soft errors that only a known page beside them tells from a short page."""
