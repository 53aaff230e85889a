package dev.jiggety.agent.bench.couch;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept open, and as little of an HTTP client as it takes (RFC 9112): a
 * client with more to it would be what is measured. For one thread.
 */
final class Wire implements AutoCloseable {
  private static final int SILENCE_MILLIS = 60_000;
  private static final byte[] NOTHING = {};

  private final Socket socket;
  private final InputStream in;
  private final HubAddress address;

  /** An answer, its body unpacked from chunks. */
  record Answer(int status, String text) {
    void require(int wanted) throws NotMeasuredException {
      if (status != wanted) {
        String reason = text.strip();
        throw new NotMeasuredException(
            "answered " + status + " " + reason.substring(0, Math.min(200, reason.length())));
      }
    }
  }

  Wire(HubAddress address) throws IOException {
    this.address = address;
    URI base = address.base();
    this.socket = socket(base);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(SILENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  private static Socket socket(URI base) throws IOException {
    if (!base.getScheme().equals("https")) {
      return new Socket(base.getHost(), base.getPort());
    }
    var secure =
        (SSLSocket) SSLSocketFactory.getDefault().createSocket(base.getHost(), base.getPort());
    var parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    return secure;
  }

  /** The head of a request. */
  static byte[] head(HubAddress address, String method, String path, int length) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(address.base().getRawPath()).append(path);
    head.append(" HTTP/1.1\r\nHost: ").append(address.base().getRawAuthority()).append("\r\n");
    head.append("Accept: application/json\r\n");
    address.credentials().map(Wire::basic).ifPresent(head::append);
    if (length >= 0) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(length);
      head.append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String basic(Credentials known) {
    byte[] pair = (known.user() + ":" + known.password().reveal()).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "\r\n";
  }

  Answer send(String method, String path, byte @Nullable [] body) throws IOException {
    return send(method, path, body, body == null ? -1 : body.length);
  }

  /** Sends the first bytes of {@code body}, all of them in one write, and reads the answer. */
  Answer send(String method, String path, byte @Nullable [] body, int length) throws IOException {
    byte[] head = head(address, method, path, length);
    byte[] all = new byte[head.length + Math.max(0, length)];
    System.arraycopy(head, 0, all, 0, head.length);
    if (body != null) {
      System.arraycopy(body, 0, all, head.length, length);
    }
    socket.getOutputStream().write(all);
    String status = line();
    long bytes = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String known = header.toLowerCase(Locale.ROOT);
      if (known.startsWith("content-length:")) {
        bytes = Long.parseLong(known.substring(15).strip());
      } else if (known.startsWith("transfer-encoding:") && known.endsWith("chunked")) {
        chunked = true;
      }
    }
    byte[] answer = chunked ? chunks() : exactly((int) bytes);
    return new Answer(
        Integer.parseInt(status.substring(9, 12)), new String(answer, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    byte[] whole = NOTHING;
    for (int size = size(); size > 0; size = size()) {
      byte[] more = new byte[whole.length + size];
      System.arraycopy(whole, 0, more, 0, whole.length);
      System.arraycopy(exactly(size), 0, more, whole.length, size);
      whole = more;
      line();
    }
    line();
    return whole;
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] exactly(int bytes) throws IOException {
    byte[] body = in.readNBytes(bytes);
    if (body.length < bytes) {
      throw new EOFException("the server closed the connection in the middle of an answer");
    }
    return body;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
