"""More pages in the place of records, written after the detectors: they show what a new build of a wall may come to."""

# ruff: noqa: E501, RUF001 - pages as sites write them

from __future__ import annotations

from tests.agents.doctor.diagnosis.walls import FRAME_END, FRAME_TOP

MORE = {
    "challenge": {
        "incapsula-like frame": "<html style='height:100%'><head><META NAME='ROBOTS' CONTENT='NOINDEX, NOFOLLOW'><script src='/_Incapsula_Resource?SWJIYLWA=719d'></script></head><body style='margin:0px;height:100%'><iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=23&xinfo=1-2' frameborder=0 width='100%'>Request unsuccessful. Incident ID: 1-2</iframe></body></html>",
        "access denied edge": "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access this page on this server.<P>Reference #18.2d351ab8.1557333295.a4e16ab</BODY></HTML>",
        "slider zh": "<html lang=zh><head><title>访问验证</title><script src=//g.example/sd/nc/1.1.112.js></script></head><body><div class=warnning-text>亲，请拖动下方滑块完成验证</div><div id=nocaptcha></div></body></html>",
        "math question pt": "<html><head><title>Verificação</title></head><body><form method=post action=/verifica><label>Quanto é 3 + 4?<input name=resposta></label><button>Enviar</button></form></body></html>",
        "aws waf": "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title></title><script>window.awsWafCookieDomainList=[];window.gokuProps={key:'AQ'};</script><script src='https://x.token.awswaf.example/x/challenge.js'></script></head><body><div id=challenge-container></div><script>AwsWafIntegration.saveReferrer();AwsWafIntegration.checkForceRefresh().then(f=>{AwsWafIntegration.getToken().then(()=>{window.location.reload(true)})});</script><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you're not a robot.</noscript></body></html>",
        "cookie test js obf": "<html><body><script src='/aes.js'></script><script>function toNumbers(d){var e=[];d.replace(/(..)/g,function(d){e.push(parseInt(d,16))});return e}var a=toNumbers('f655'),b=toNumbers('98f'),c=toNumbers('a1');document.cookie='__test='+toHex(slowAES.decrypt(c,2,a,b))+'; path=/';location.href='/decisions?i=1';</script><noscript>This site requires Javascript to work</noscript></body></html>",
        "meta refresh with hash": "<html><head><meta http-equiv='refresh' content='0; url=/decisions?__cf=a81'></head><body></body></html>",
        "turnstile explicit": "<html><head><title>Attention</title><script src='https://challenges.example/turnstile/v0/api.js?onload=cb' defer></script></head><body><h1>One more step</h1><p>Please complete the security check to access registry.example</p><div id=w></div></body></html>",
    },
    "consent": {
        "german interstitial TCF": "<html lang=de><head><title>Registry - Zustimmung</title></head><body><div id=consent-layer><h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie uns wie gewohnt mit Werbung und Tracking.</p><a class=btn href='/consent/accept?back=/decisions'>Einverstanden</a><a class=btn href=/abo>Abo abschließen</a></div></body></html>",
        "nl cookiewall": "<html lang=nl><head><title>Cookies op deze site</title></head><body><div class=wrapper><h1>Wij gebruiken cookies</h1><p>Om deze site te bezoeken moet u cookies accepteren.</p><form action='/cookiewall/save' method=post><input type=hidden name=url value=/decisions><button type=submit>Ja, ik accepteer cookies</button></form></div></body></html>",
        "terms checkbox": "<html><body><div id=content><h2>Terms of Use</h2><p>"
        + "You may use the docket search only for lawful purposes. " * 12
        + "</p><form method=post><label><input type=checkbox name=agree> I have read and agree</label><input type=submit value=Continue></form></div></body></html>",
        "ja": "<html lang=ja><body><div class=modal role=dialog aria-modal=true><p>当サイトではクッキーを使用します。同意しますか。</p><button>同意する</button><button>拒否</button></div><main></main></body></html>",
        "region select": "<html><body><div class='modal region-gate'><h2>Choose your country</h2><button>Canada</button><button>United States</button></div></body></html>",
        "asp.net accept": "<html><body><form method=post action=Disclaimer.aspx id=form1><input type=hidden name=__VIEWSTATE value=x><div><span>By clicking Accept you acknowledge that these are unofficial records.</span><input type=submit name=btnAccept value=Accept></div></form></body></html>",
    },
    "login": {
        "wp": "<html><head><title>Log In ‹ Registry — WordPress</title></head><body class=login><div id=login><form name=loginform action=https://registry.example/wp-login.php method=post><p><label>Username or Email<input type=text name=log></label></p><input type=password name=pwd><input type=submit value='Log In'></form><p><a href=/wp-login.php?action=lostpassword>Lost your password?</a></p></div></body></html>",
        "paywall subscriber": f"<html><body>{FRAME_TOP}<main><h1>Subscribe to read</h1><p>This content is for subscribers.</p><a href='/subscribe'>Subscribe</a> <a href='/account/signin?next=/decisions'>Sign in</a></main>{FRAME_END}</body></html>",
        "keycloak": "<html class=login-pf><head><title>Zaloguj się</title></head><body><form id=kc-form-login action='https://sso.registry.example/realms/x/login-actions/authenticate?session_code=1' method=post><input id=username name=username autocomplete=username><input id=password name=password type=password><input type=submit></form></body></html>",
        "ms": "<html><head><title>Sign in to your account</title></head><body><div id=lightbox><form name=f1 method=post action='https://login.id.example/common/oauth2/v2.0/authorize'><input type=email name=loginfmt placeholder='Email, phone'><input type=submit value=Next></form></div></body></html>",
        "js redirect to login": "<html><body><script>window.location.replace('/auth/login?returnUrl=%2Fdecisions')</script></body></html>",
        "card number library ko": "<html lang=ko><body><h1>회원 로그인</h1><form action=/member/login.do method=post>아이디<input name=id>비밀번호<input type=password name=pw><button>로그인</button></form></body></html>",
    },
    "soft_404": {
        "ru frame": f"<html lang=ru><head><title>Ошибка</title></head><body>{FRAME_TOP}<main><h1>Страница удалена</h1><p>Воспользуйтесь поиском.</p></main>{FRAME_END}</body></html>",
        "iis": "<!DOCTYPE html><html><head><title>IIS Windows Server</title></head><body><div id=container><a href=http://go.example/><img src=iisstart.png alt=IIS></a></div></body></html>",
        "nginx default": "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p></body></html>",
        "frame, h1 same missing, ko": f"<html><head><title>페이지를 찾을 수 없습니다</title></head><body>{FRAME_TOP}<main><p>요청하신 페이지를 찾을 수 없습니다.</p></main>{FRAME_END}</body></html>",
        "asp yellow": "<html><head><title>The resource cannot be found.</title></head><body bgcolor=white><span><H1>Server Error in '/' Application.<hr></H1><h2><i>The resource cannot be found.</i></h2></span><b>Description: </b>HTTP 404. The resource you are looking for could have been removed.<br><b>Requested URL: </b>/decisions</body></html>",
        "home page in place, redirect-less": f"<html><head><title>City Registry</title></head><body>{FRAME_TOP}<main><h1>Welcome to the City Registry</h1><p>We keep the records of the city.</p></main>{FRAME_END}</body></html>",
        "suspended": "<html><head><title>Account Suspended</title></head><body><div><h1>This Account has been suspended.</h1><p>Contact your hosting provider for more information.</p></div></body></html>",
        "maintenance de": "<html><head><title>Wartungsarbeiten</title></head><body><h1>Wartungsarbeiten</h1><p>Wir sind bald wieder da.</p></body></html>",
    },
}

UNSEEN = {
    "blocked": {
        "sucuri": "<html><title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js='',S='cz0iM';e(r);</script></html>",
        "blocked ip": "<html><head><title>Blocked</title></head><body><h1>Your IP has been blocked</h1><p>Automated access was detected. Contact support.</p></body></html>",
        "queue": "<html lang=en><head><title>Queue</title></head><body><div id=queue><h1>You are now in line</h1><p>When it is your turn, you will have 10 minutes to enter.</p><div class=progress></div></div><script src=/queue/client.js></script></body></html>",
        "puzzle tr": "<html lang=tr><body><div class=robot-dogrulama><h3>Robot olmadığınızı doğrulayın</h3><canvas id=bulmaca></canvas><button>Doğrula</button></div><script src=/dogrula.js></script></body></html>",
        "ath": "<html><body><h1>Institutional access</h1><p>Choose your institution to continue.</p><form action=/wayf><select name=idp><option>University A<option>University B</select><button>Continue</button></form></body></html>",
        "sub sv": f"<html lang=sv><head><title>Decisions - City Registry</title></head><body>{FRAME_TOP}<main><h1>Decisions</h1><div class=paywall><p>Bli medlem för att läsa vidare.</p><button>Bli medlem</button></div></main>{FRAME_END}</body></html>",
        "cookie es": "<html lang=es><body><section class=aviso><p>Para continuar debe aceptar el uso de cookies.</p><button id=ok>Aceptar</button><button id=no>Rechazar</button></section></body></html>",
        "otp ru": "<html lang=ru><body><h1>Вход по коду</h1><form action=/api/sms method=post><input type=tel name=phone><button>Получить код</button></form></body></html>",
    },
    "moved": {
        "fi": f"<html lang=fi><head><title>Sivua ei löydy</title></head><body>{FRAME_TOP}<main><h1>Sivua ei löydy</h1><p>Tarkista osoite.</p></main>{FRAME_END}</body></html>",
        "hi with search": f"<html lang=hi><head><title>त्रुटि</title></head><body>{FRAME_TOP}<main><h1>पृष्ठ नहीं मिला</h1><form action=/search><input name=q></form></main>{FRAME_END}</body></html>",
        "spa": "<html><head><title>Oops</title><script src=/main.js></script></head><body><h1>We can't find that page</h1><a href=/>Home</a></body></html>",
        "list moved note": f"<html><head><title>Decisions - City Registry</title></head><body>{FRAME_TOP}<main><h1>Decisions</h1><p>This list has moved to our <a href=/new/rulings>new site</a>.</p></main>{FRAME_END}</body></html>",
    },
}
"""By the class that a person would give; the detectors name few of them."""
