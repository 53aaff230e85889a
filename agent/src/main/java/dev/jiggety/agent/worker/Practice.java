package dev.jiggety.agent.worker;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a new worker does before it says that it is ready: it loads a small page of its own a few
 * times. What Java loads and compiles the first time would otherwise be measured as the site's: the
 * first page of a process takes two seconds, the fourth a tenth of one.
 */
final class Practice {
  private static final Logger LOG = System.getLogger(Practice.class.getName());
  private static final int ROUNDS = 3;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html><head><title>Practice</title><style>h1 > b, .a { color: red }</style>
      <script src="/script.js"></script></head>
      <body onload="begin()"><h1 id="top">Practice <b class="a">page</b></h1>
      <form action="/" method="post"><input name="name" value="1"><input type="submit"></form>
      <a href="/">again</a></body></html>
      """;

  private static final String SCRIPT =
      """
      function begin() {
        var all = [1, 2, 3].map(function (x) { return { value: x * 2, text: 'n' + x }; });
        var made = document.createElement('p');
        made.innerHTML = '<i>' + JSON.stringify(all).replace(/n(\\d)/g, 'm$1') + '</i>';
        document.body.appendChild(made);
        document.querySelectorAll('.a')[0].addEventListener('click', function () {});
        document.getElementById('top').style.display = 'block';
        setTimeout(function () { document.title = 'Practised'; }, 1);
      }
      """;

  private Practice() {}

  /** With this property set to {@code false} a worker begins without, and is slow at first. */
  private static final String PROPERTY = "jiggety.worker.practice";

  /** Does it; where it does not work, no measurement will, and each says why. */
  static void run() {
    if (System.getProperty(PROPERTY, "").equals("false")) {
      return;
    }
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server));
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      for (int round = 0; round < ROUNDS; round++) {
        measure(Check.Page.of(url));
        measure(
            new Check.Script(
                "go " + url + "\nfv 1 name 2\nsubmit\nfollow again\nfind Practice\n",
                Map.of(),
                Engine.HTMLUNIT,
                true,
                true,
                Connection.DEFAULT));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no practice: {0}", e.getMessage());
    }
  }

  private static void measure(Check check) {
    Probes.find(check.kind())
        .filter(Probe::isolated)
        .ifPresent(probe -> {
          try {
            Sample sample = probe.measure(new Probe.Request(check, LONGEST, List.of()));
            if (!sample.passed()) {
              LOG.log(Level.DEBUG, "practice failed: {0}", sample.failure());
            }
          } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "practice failed", e);
          }
        });
  }

  private static void serve(ServerSocket server) {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException e) {
      // It is closed: practice is over.
    }
  }

  private static void answer(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream()) {
      String request = in.readLine();
      if (request == null) {
        return;
      }
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.startsWith("Content-Length:")) {
          length = Integer.parseInt(line.substring("Content-Length:".length()).strip());
        }
      }
      for (int i = 0; i < length && in.read() >= 0; i++) {
        // what a form sends is read, and of no interest
      }
      boolean script = request.contains("/script.js");
      byte[] body = (script ? SCRIPT : PAGE).getBytes(StandardCharsets.UTF_8);
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(script ? "text/javascript" : "text/html; charset=utf-8", body.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "practice was cut", e);
    }
  }
}
