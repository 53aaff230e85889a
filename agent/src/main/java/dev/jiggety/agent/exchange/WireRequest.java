package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * A request as HTTP/1.1 writes it (RFC 9112 §3), the way that OkHttp does: what a site is sent does
 * not depend on the way that it goes.
 */
record WireRequest(String method, ByteString head, ByteString body) {
  /** A body up to this goes with the head in one packet, or few. */
  private static final int TOGETHER = 64 << 10;

  /**
   * Writes it down.
   *
   * @param headers those of the request and those that it always has
   * @throws IllegalArgumentException when there is no way to write it
   */
  static WireRequest of(HopRequest request, List<Check.Header> headers, HttpUrl url) {
    ByteString body = request.body();
    boolean bare = request.method().equals("GET") || request.method().equals("HEAD");
    if (request.method().isEmpty() || !isPrintable(request.method()) || (bare && body != null)) {
      throw new IllegalArgumentException(request.method());
    }
    boolean hasBody = body != null || HopSession.NEEDS_BODY.contains(request.method());
    StringBuilder text = new StringBuilder(256);
    text.append(request.method()).append(' ').append(url.encodedPath());
    String query = url.encodedQuery();
    if (query != null) {
      text.append('?').append(query);
    }
    text.append(" HTTP/1.1\r\n");
    boolean named = false;
    boolean connection = false;
    for (Check.Header header : headers) {
      String name = header.name();
      named |= name.equalsIgnoreCase("Host");
      connection |= name.equalsIgnoreCase("Connection");
      boolean ours =
          hasBody
              && (name.equalsIgnoreCase("Content-Length")
                  || name.equalsIgnoreCase("Transfer-Encoding"));
      if (!ours) {
        line(text, name, header.value());
      }
    }
    ByteString bytes = body == null ? ByteString.EMPTY : body;
    if (hasBody) {
      line(text, "Content-Length", String.valueOf(bytes.size()));
    }
    if (!named) {
      line(text, "Host", host(url));
    }
    if (!connection) {
      line(text, "Connection", "Keep-Alive");
    }
    return new WireRequest(
        request.method(), ByteString.encodeUtf8(text.append("\r\n").toString()), bytes);
  }

  /** Sends it, in one write where it is not large. */
  void send(OutputStream out) throws IOException {
    if (body.size() > TOGETHER) {
      head.write(out);
      body.write(out);
      return;
    }
    byte[] all = new byte[head.size() + body.size()];
    head.copyInto(0, all, 0, head.size());
    body.copyInto(0, all, head.size(), body.size());
    out.write(all);
  }

  private static void line(StringBuilder text, String name, String value) {
    if (name.isEmpty() || !isPrintable(name) || !isValue(value)) {
      throw new IllegalArgumentException(name);
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static boolean isPrintable(String text) {
    return isWithin(text, '!', '!');
  }

  private static boolean isValue(String text) {
    return isWithin(text, ' ', '\t');
  }

  /** Whether there is nothing but ASCII from one character on, and perhaps another. */
  private static boolean isWithin(String text, char first, char besides) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < first || c > '~') && c != besides) {
        return false;
      }
    }
    return true;
  }

  private static String host(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }
}
