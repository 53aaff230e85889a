package dev.jiggety.agent.bench.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks a site again and again, over a new connection each time, and does nothing else: no times of
 * phases, no limits, no assertions, no results.
 */
public enum BareLoad {
  /** By OkHttp. */
  OKHTTP {
    @Override
    Call to(URI site) {
      OkHttpClient client = new OkHttpClient();
      Request request =
          new Request.Builder().url(site.toString()).header("Connection", "close").build();
      return () -> {
        try (Response response = client.newCall(request).execute()) {
          response.body().bytes();
        }
      };
    }
  },

  /** By a socket: what no program on this Java can go below. */
  SOCKET {
    @Override
    Call to(URI site) {
      byte[] request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(site.getPath(), site.getAuthority())
              .getBytes(StandardCharsets.US_ASCII);
      return () -> {
        try (Socket socket = new Socket(site.getHost(), site.getPort());
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream()) {
          socket.setTcpNoDelay(true);
          out.write(request);
          in.readAllBytes();
        }
      };
    }
  };

  /** One request and its whole answer. */
  @FunctionalInterface
  interface Call {
    void make() throws IOException;
  }

  abstract Call to(URI site);

  /** Goes on until the process is ended. */
  public void run(URI site) throws IOException, InterruptedException {
    Call call = to(site);
    for (long due = System.nanoTime(); ; due += Rival.EVERY.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      call.make();
    }
  }
}
