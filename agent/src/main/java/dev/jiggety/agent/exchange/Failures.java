package dev.jiggety.agent.exchange;

import dev.jiggety.base.Durations;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;

/** The one table from what Java throws to what people read. */
public final class Failures {
  private Failures() {}

  /**
   * What an exception means.
   *
   * @param phase what was going on
   * @param host where to, without secrets
   */
  public static Failure of(IOException e, Phase phase, String host, Duration timeout) {
    if (Thread.currentThread().isInterrupted()) {
      return new Failure(ErrorKind.INTERNAL, phase, "the node was told to stop");
    }
    return switch (e) {
      case NameException name -> new Failure(ErrorKind.DNS, Phase.DNS, detail(name));
      case ProxyException proxy -> new Failure(ErrorKind.REFUSED, phase, detail(proxy));
      case UnknownHostException unknown ->
          new Failure(ErrorKind.DNS, Phase.DNS, "the name " + host + " does not resolve");
      case InterruptedIOException late -> timeout(phase, host, timeout);
      case SSLPeerUnverifiedException unverified ->
          new Failure(ErrorKind.TLS, Phase.SSL, "the certificate is not for the host " + host);
      case SSLException tls -> tls(tls, phase, host);
      case BindException bind when message(bind).contains("permission denied") ->
          // EACCES: what an IPv6 firewall says that rejects (RFC 4443 §3.1, code 1)
          new Failure(ErrorKind.REFUSED, phase, "a firewall forbids connections to " + host);
      case BindException bind ->
          new Failure(ErrorKind.INTERNAL, phase, "this node has no local address or port left");
      case NoRouteToHostException route ->
          new Failure(ErrorKind.REFUSED, phase, "there is no route to " + host);
      case ConnectException connect -> connect(connect, phase, host, timeout);
      case StreamResetException reset ->
          new Failure(ErrorKind.RESET, phase, host + " reset the stream: " + reset.errorCode);
      case ConnectionShutdownException shutdown -> cut(phase, host);
      case Body.TooLargeException large ->
          new Failure(
              ErrorKind.LIMIT, phase, "the answer of " + host + " is too much: " + detail(large));
      default -> other(e, phase, host, timeout);
    };
  }

  private static Failure connect(ConnectException e, Phase phase, String host, Duration timeout) {
    String message = message(e);
    if (message.contains("timed out")) {
      return timeout(phase, host, timeout);
    }
    if (message.contains("unreachable")) {
      return new Failure(ErrorKind.REFUSED, phase, "the network of " + host + " is unreachable");
    }
    return new Failure(ErrorKind.REFUSED, phase, host + " refused the connection");
  }

  private static Failure tls(SSLException e, Phase phase, String host) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return new Failure(
            ErrorKind.TLS, phase, "the certificate of " + host + " has expired: " + detail(cause));
      }
      if (cause instanceof CertificateNotYetValidException) {
        return new Failure(
            ErrorKind.TLS,
            phase,
            "the certificate of " + host + " is not valid yet: " + detail(cause));
      }
      if (cause instanceof EOFException || isCut(message(cause))) {
        return cut(phase, host);
      }
      if (cause instanceof java.security.cert.CertPathBuilderException) {
        return new Failure(
            ErrorKind.TLS,
            phase,
            "the certificate of " + host + " is not signed by an authority that is trusted");
      }
    }
    String text =
        message(e).contains("unrecognized")
            ? host + " does not speak TLS"
            : "the TLS handshake with " + host + " failed: " + detail(e);
    return new Failure(ErrorKind.TLS, phase, text);
  }

  private static Failure other(IOException e, Phase phase, String host, Duration timeout) {
    String message = message(e);
    if (message.contains("unexpected end of stream")
        || e instanceof EOFException
        || isCut(message)) {
      return cut(phase, host);
    }
    if (isOurs(e)) {
      return new Failure(ErrorKind.INTERNAL, phase, "this node is out of sockets: " + detail(e));
    }
    if (message.contains("for connect:") || message.contains("authenticate with proxy")) {
      return new Failure(
          ErrorKind.REFUSED, phase, host + " does not let the connection through: " + detail(e));
    }
    if (message.equals("timeout") || message.equals("canceled")) {
      return timeout(phase, host, timeout);
    }
    if (message.contains("unreachable")) {
      return new Failure(ErrorKind.REFUSED, phase, "the network of " + host + " is unreachable");
    }
    if (e instanceof SocketException && !(e instanceof java.net.PortUnreachableException)) {
      return cut(phase, host);
    }
    String what = e instanceof ProtocolException ? "" : e.getClass().getSimpleName() + ": ";
    return new Failure(
        ErrorKind.PROTOCOL, phase, "the answer of " + host + " is broken: " + what + detail(e));
  }

  /** Whether this node has no sockets left, or does not let its own packets out. */
  static boolean isOurs(IOException e) {
    String message = message(e);
    return message.contains("too many open files")
        || message.contains("cannot assign")
        || message.contains("operation not permitted") // its own filter, or a full conntrack table
        || message.contains("no buffer space");
  }

  private static Failure timeout(Phase phase, String host, Duration timeout) {
    String doing =
        switch (phase) {
          case BLOCKED -> "not even begun: this node is too busy";
          case DNS -> "still resolving " + host;
          case CONNECT -> "still connecting to " + host;
          case SSL -> "still in the TLS handshake with " + host;
          case SEND -> "still sending the request to " + host;
          case WAIT -> "still waiting for the answer of " + host;
          case RECEIVE -> "still receiving the answer of " + host;
        };
    ErrorKind kind = phase == Phase.BLOCKED ? ErrorKind.INTERNAL : ErrorKind.TIMEOUT;
    return new Failure(kind, phase, "not done after " + Durations.format(timeout) + ", " + doing);
  }

  private static Failure cut(Phase phase, String host) {
    String when =
        switch (phase) {
          case BLOCKED, DNS, CONNECT -> "";
          case SSL -> " in the TLS handshake";
          case SEND -> " while the request was sent";
          case WAIT -> " before the answer came";
          case RECEIVE -> " in the middle of the answer";
        };
    return new Failure(ErrorKind.RESET, phase, host + " cut the connection" + when);
  }

  private static boolean isCut(String message) {
    return message.contains("connection reset")
        || message.contains("broken pipe")
        || message.contains("connection closed")
        || message.contains("socket closed")
        || message.contains("terminated the handshake")
        || message.contains("closed before");
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static String detail(@Nullable Throwable e) {
    String message = e == null || e.getMessage() == null ? "no reason given" : e.getMessage();
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
