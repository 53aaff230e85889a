package dev.jiggety.couch;

import com.google.gson.JsonParseException;
import com.google.gson.stream.MalformedJsonException;
import dev.jiggety.base.Durations;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.lightcouch.CouchDbException;

/** The one table that makes outcomes of failures; whatever went wrong with a hub passes here. */
final class Failures {
  /** What a cancelled request says. */
  static final String CANCELLED = "cancelled";

  /** What Java says of a server that answers a greeting in TLS with anything else. */
  private static final String NO_TLS = "Unsupported or unrecognized SSL message";

  private final HubAddress address;
  private final HubOptions options;

  Failures(HubAddress address, HubOptions options) {
    this.address = address;
    this.options = options;
  }

  /** Runs a call to the hub and classifies its failure, if any. */
  <T> Outcome<T> attempt(Supplier<T> call) {
    try {
      return new Outcome.Ok<>(call.get());
    } catch (StatusException e) {
      return classify(e);
    } catch (CouchDbException | JsonParseException | UncheckedIOException e) {
      return new Outcome.Unavailable<>(explain(e));
    }
  }

  private static <T> Outcome<T> classify(StatusException e) {
    return switch (e.status()) {
      case 404 -> new Outcome.Missing<>(e.reason());
      case 409 -> new Outcome.Conflict<>(e.reason());
      case 408, 425, 429 -> new Outcome.Unavailable<>(e.inWords(), e.retryAfter());
      case 501, 505 -> new Outcome.Refused<>(e.status(), e.error(), e.reason());
      default ->
          e.status() >= 500
              ? new Outcome.Unavailable<>(e.inWords(), e.retryAfter())
              : new Outcome.Refused<>(e.status(), e.error(), e.reason());
    };
  }

  /** One line for people about a failure below HTTP. */
  private String explain(RuntimeException failure) {
    Throwable cause = root(failure);
    return switch (cause) {
      case RequestAbortedException aborted -> CANCELLED;
      case ConnectionPoolTimeoutException full ->
          "all " + options.maxConnections() + " connections to " + address + " are in use";
      case ConnectTimeoutException slow ->
          "no connection to "
              + address
              + " within "
              + Durations.format(options.connectTimeout())
              + "; is it up, does a firewall swallow the packets?";
      case UnknownHostException unknown ->
          "the name " + address.base().getHost() + " does not resolve; check the hub's address";
      case ConnectException refused ->
          "no hub at " + address + ", the connection was refused; is it running?";
      case SocketTimeoutException silent -> address + " fell silent in the middle of an answer";
      case SSLException tls -> explainTls(tls);
      case EOFException half -> halfAnAnswer();
      case ConnectionClosedException half -> halfAnAnswer();
      case NoHttpResponseException none ->
          "the connection to "
              + address
              + " was cut before it answered"
              + (address.isTls() ? "" : "; if it speaks TLS, write https instead of http");
      case MalformedChunkCodingException half -> halfAnAnswer();
      case MalformedJsonException bad -> notJson();
      case JsonParseException bad -> notJson();
      case IOException io -> "the connection to " + address + " was cut: " + io.getMessage();
      default -> address + " could not be asked: " + cause.getMessage();
    };
  }

  private String notJson() {
    return address + " did not answer in JSON; is it a CouchDB?";
  }

  private String halfAnAnswer() {
    return "the answer of " + address + " broke off";
  }

  private String explainTls(SSLException tls) {
    return switch (tls) {
      case SSLPeerUnverifiedException otherName ->
          "the certificate of "
              + address
              + " is for another name: "
              + otherName.getMessage()
              + "; use a name that is in it, or have it made for this one (jiggety provision --tls"
              + " DIR --host NAME)";
      case SSLException distrusted when distrusted.getCause() instanceof DistrustException why ->
          "the certificate of " + address + " " + why.getMessage();
      case SSLException plain when String.valueOf(plain.getMessage()).contains(NO_TLS) ->
          address + " speaks no TLS; write http instead of https, or give the hub a certificate";
      default ->
          "no TLS with "
              + address
              + ": "
              + tls.getMessage()
              + "; if it speaks no TLS, write http instead of https";
    };
  }

  /** The failure that says most: TLS and connecting first, else the innermost of I/O or JSON. */
  private static Throwable root(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      switch (at) {
        case SSLException tls -> {
          return tls;
        }
        case ConnectTimeoutException slow -> {
          return slow;
        }
        case IOException io -> innermost = io;
        default -> {}
      }
    }
    return innermost;
  }
}
