package dev.jiggety.agent.browser;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text of the pages that {@link HostileSite} sends. */
final class HostilePages {
  private HostilePages() {}

  static String of(Trap trap, String query) {
    return switch (trap) {
      case ENDLESS_LOOP -> script("for (;;) {}");
      case ENDLESS_ON_LOAD -> script("window.onload = function () { while (true) {} };");
      case ENDLESS_CATCHING ->
          script("for (;;) { try { for (;;) {} } catch (e) {} finally { continue; } }");
      case ENDLESS_LATER -> script("setTimeout(function () { for (;;) {} }, 10);");
      case RECURSION -> script("function f() { return f() + 1; } f();");
      case MEMORY_BOMB ->
          script(
              "var keep = []; var s = 'pig'; for (;;) { s = s + s; keep.push(s + Math.random());"
                  + " if (s.length > 8000000) s = 'pig'; }");
      case REGEX_BOMB -> script("/^(a+)+$/.test('" + "a".repeat(60) + "!');");
      case SLOW_IMAGE -> page("<img src='/slow.png'>");
      case REFRESH_LOOP ->
          "<meta http-equiv='refresh' content='0;url=/REFRESH_LOOP?" + more(query) + "'>";
      case LOCATION_LOOP -> script("location.href = '/LOCATION_LOOP?" + more(query) + "';");
      case LINKS ->
          page(rows(10_000, "<p><a href='/page-%1$d?x=%1$d'>link <b>number</b> %1$d</a></p>"));
      case IMAGES -> page(rows(2000, "<img src='/dot.png?%d'>"));
      case NESTING -> page("<div>".repeat(100_000) + "deep" + "</div>".repeat(100_000));
      case INVALID_SCRIPT ->
          page(
              "<script>this is ( not { a script</script><script>\u0000\u0001</script>"
                  + "<script>undefinedThing.call()</script><script src='/no-script'></script>"
                  + "<script>throw {toString: function () { throw 1; }};</script><p>fine</p>");
      case MODERN_SCRIPT ->
          page(
              "<script>class A { #x = 1; static { } get x() { return this.#x ?? 2; } }</script>"
                  + "<script type=module>import '/x.js'; await fetch('/y');</script>"
                  + "<script>async function f() { for await (const x of y) { } } f?.();</script>"
                  + "<p>fine</p>");
      case ALERTS -> script("for (;;) { alert('pig'); confirm('pig?'); prompt('pig!'); }");
      case BEFORE_UNLOAD ->
          script("window.onbeforeunload = function () { return 'stay with the pigs'; };");
      case FRAMES -> page(rows(3, "<iframe src='/FRAMES?" + more(query) + ".%d'></iframe>"));
      case WEBSOCKET ->
          script(
              "try { var w = new WebSocket('ws://' + location.host + '/socket');"
                  + " w.onopen = function () { document.title = 'open'; }; } catch (e) {}");
      case POPUPS -> script("for (var i = 0; i < 5000; i++) { window.open('/POPUPS?' + i); }");
      case TIMERS ->
          script("for (var i = 0; i < 200; i++) { setInterval(function () { i++; }, 1); }");
      case WRITES -> script("for (;;) { document.write('<p>pig<script>1<\\/script>'); }");
      case LOCAL_FILES ->
          page(
              "<iframe src='file:///etc/passwd'></iframe><img src='file:///etc/passwd'>"
                  + "<script src='file:///etc/passwd'></script>"
                  + "<link rel=stylesheet href='file:///etc/passwd'>"
                  + "<script>try { var x = new XMLHttpRequest();"
                  + "x.open('GET', 'file:///etc/passwd', false); x.send();"
                  + "document.body.appendChild(document.createTextNode(x.responseText));"
                  + "} catch (e) {}</script><p>fine</p>");
      default -> page("<p>fine</p>");
    };
  }

  static String page(String body) {
    return "<!DOCTYPE html><html><head><title>Hostile</title></head><body>"
        + body
        + "</body></html>";
  }

  private static String script(String script) {
    return page("<p>fine</p><script>" + script + "</script>");
  }

  private static String rows(int count, String format) {
    return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining("\n"));
  }

  /** Every page leads to one with another address. */
  private static String more(String query) {
    return query.length() > 200 ? "1" : query + "1";
  }
}
