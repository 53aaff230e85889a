package dev.jiggety.agent.browser;

import java.util.Map;

/** Their text. */
final class ContractPages {
  static final String SIMPLE = page("A simple page", "<h1>Simple</h1><a href='/target'>on</a>");

  private static final String HOME =
      page(
          "The sty",
          """
          <h1>Pigs</h1>
          <ul><li class="pig" data-weight="120">fat</li><li class="pig" data-weight="40">thin</li></ul>
          <p style="display:none">nobody sees this</p>
          <p>Stra\u00dfe &amp; <b>Z\u00fcrich</b></p>
          <a href="target?by=link">To  the
             market</a>
          <a href="/missing">Nowhere</a>
          <a name="no-link">an anchor</a>
          """);

  private static final String FIELDS =
      page(
          "Fields",
          """
          <form id="first" name="order" action="/echo" method="post">
            <input type="hidden" name="token" value="t-1">
            <input name="user" value="nobody">
            <input type="password" name="secret" id="the-secret">
            <textarea name="note">as it was</textarea>
            <select name="size"><option value="s">Small</option>
              <option value="m" selected>Middle</option><option>Large one</option></select>
            <select name="extras" multiple><option value="a" selected>Apple</option>
              <option value="b">Bean</option><option value="c" selected>Corn</option></select>
            <input type="checkbox" name="gift" value="yes">
            <input type="checkbox" name="news" checked>
            <input type="radio" name="way" value="road" checked>
            <input type="radio" name="way" value="rail">
            <input name="fixed" value="stays" readonly>
            <input name="off" value="never sent" disabled>
            <input type="submit" name="go" value="Order">
            <button name="act" value="save">Save</button>
            <button type="button" name="idle" value="nothing">Idle</button>
          </form>
          <form action="/echo?kept=no" method="get"><input name="q" value="a b&amp;c"></form>
          <form action="/echo" method="post"><input type="image" name="spot" src="/dot.png" alt="x"></form>
          <form action="/echo" method="post" enctype="multipart/form-data">
            <input name="title" value="report"><input type="file" name="upload"><input type="submit">
          </form>
          <form id="outer" action="/echo" method="post"><input name="inside" value="1"></form>
          <input name="outside" value="2" form="outer"><button form="outer" name="b" value="3">x</button>
          """);

  static final Map<String, String> BY_PATH =
      Map.of(
          "/", HOME,
          "/target", page("Target", "<p id='here'>You are there</p>"),
          "/fields", FIELDS,
          "/refresh", refresh(0, "/target?by=refresh"),
          "/refresh-later", refresh(3600, "/target?by=refresh"),
          "/dialogs",
              page(
                  "Dialogs",
                  "<script>alert('watch out'); confirm('sure?'); prompt('name?');"
                      + " document.title = 'After the dialogs';</script>"),
          "/scripted",
              page(
                  "Plain",
                  "<link rel=stylesheet href=/style.css><img src=/dot.png><img src=/absent.png>"
                      + "<p id=late>before</p><script src=/script.js></script>"
                      + "<script>document.getElementById('late').textContent='after';"
                      + "console.error('a pig fell over'); noSuchThing();</script>"),
          "/thief",
              page(
                  "Thief",
                  "<form action=/echo method=post enctype=multipart/form-data>"
                      + "<input type=file name=loot value=/etc/passwd></form>"),
          "/simple", SIMPLE,
          "/busy",
              page(
                  "Busy",
                  "<script>setTimeout(function(){var x=new XMLHttpRequest();"
                      + "x.open('GET','/text');x.send();},20);</script>"));

  private ContractPages() {}

  static String page(String title, String body) {
    return "<!DOCTYPE html><html><head><meta charset='utf-8'><title>"
        + title
        + "</title></head><body>"
        + body
        + "</body></html>";
  }

  static String escaped(CharSequence text) {
    return text.toString().replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String refresh(int seconds, String url) {
    return "<!DOCTYPE html><html><head><meta http-equiv='refresh' content='"
        + seconds
        + ";url="
        + url
        + "'><title>Wait</title></head><body></body></html>";
  }
}
