package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.exchange.HopAnswer;
import dev.jiggety.agent.exchange.HopRequest;
import dev.jiggety.agent.exchange.HopSession;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebConnection;
import org.htmlunit.WebRequest;
import org.htmlunit.WebRequest.FetchDestination;
import org.htmlunit.WebRequest.HttpHint;
import org.htmlunit.WebResponse;
import org.htmlunit.WebResponseData;
import org.htmlunit.util.NameValuePair;

/**
 * Carries HtmlUnit's requests over {@code agent.exchange}, with cookies and passwords, and keeps a
 * record of them. Safe for any thread, since timers of pages run on a thread of their own.
 */
final class Wire implements WebConnection {
  private final WebClient client;
  private final HopSession session;
  private final Limits limits;
  private final Traffic traffic;
  private final Requests requests;
  private final Logins logins = new Logins();
  private final Map<String, HopAnswer> seen = new HashMap<>();
  private volatile List<Check.Header> headers = List.of();

  Wire(WebClient client, HopSession session, Limits limits, Traffic traffic, Requests requests) {
    this.client = client;
    this.session = session;
    this.limits = limits;
    this.traffic = traffic;
    this.requests = requests;
  }

  /** An answer that knows how it came. */
  static final class Answer extends WebResponse {
    private static final long serialVersionUID = 1;

    private final transient HopAnswer hop;

    private Answer(HopAnswer hop, WebRequest request, long millis) {
      super(data(hop), request, millis);
      this.hop = hop;
    }

    HopAnswer hop() {
      return hop;
    }

    private static WebResponseData data(HopAnswer hop) {
      List<NameValuePair> headers = new ArrayList<>();
      for (Check.Header header : hop.headers()) {
        // The body is unpacked already.
        if (!header.name().equalsIgnoreCase("Content-Encoding")) {
          headers.add(new NameValuePair(header.name(), header.value()));
        }
      }
      return new WebResponseData(
          hop.body().kept().toByteArray(), hop.status(), hop.reason(), headers);
    }
  }

  Logins logins() {
    return logins;
  }

  void headers(List<Check.Header> value) {
    headers = List.copyOf(value);
  }

  /** A page begins: what is loaded twice by one page is asked for once. */
  void begin() {
    synchronized (seen) {
      seen.clear();
    }
  }

  @Override
  public WebResponse getResponse(WebRequest request) throws IOException {
    boolean part = request.getHttpMethod() == HttpMethod.GET && isPart(request);
    String address = request.getUrl().toExternalForm();
    if (part) {
      synchronized (seen) {
        HopAnswer known = seen.get(address);
        if (known != null) {
          return new Answer(known, request, 0);
        }
      }
    }
    long start = System.nanoTime();
    HopAnswer answer = send(request);
    Failure failure = answer.failure();
    if (failure != null) {
      throw new Limits.WireException(meaning(failure));
    }
    if (part && answer.status() == 200) {
      synchronized (seen) {
        seen.put(address, answer);
      }
    }
    return new Answer(answer, request, TimeUnit.NANOSECONDS.toMillis(answer.end() - start));
  }

  @Override
  public void close() {
    session.close();
  }

  private HopAnswer send(WebRequest request) throws IOException {
    List<Check.Header> more = new ArrayList<>(headers);
    var given = request.getUrlCredentials();
    if (given != null && given.getPassword() != null) {
      String user = given.getUserPrincipal().getName();
      more.add(new Check.Header("Authorization", Logins.basic(user, given.getPassword())));
    }
    HopAnswer answer = once(request, more);
    Optional<String> login =
        answer.status() == 401 && answer.failure() == null
            ? answer.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("WWW-Authenticate"))
                .flatMap(header -> logins.answer(answer.url(), header.value()).stream())
                .findFirst()
            : Optional.empty();
    if (login.isEmpty()) {
      return answer;
    }
    more.removeIf(header -> header.name().equalsIgnoreCase("Authorization"));
    more.add(new Check.Header("Authorization", login.get()));
    return once(request, more);
  }

  private HopAnswer once(WebRequest request, List<Check.Header> more) throws IOException {
    limits.request();
    boolean cookies = !request.hasHint(HttpHint.BlockCookies);
    HopRequest hop = requests.of(request, cookies ? cookies(request) : "", more);
    long start = System.nanoTime();
    HopAnswer answer = session.send(hop, limits.deadline(), start);
    traffic.add(answer, request.getFetchDestination(), start);
    limits.received(Math.max(answer.body().bytes(), answer.body().kept().size()));
    if (cookies) {
      for (Check.Header header : answer.headers()) {
        if (header.name().equalsIgnoreCase("Set-Cookie")) {
          client.addCookie(header.value(), request.getUrl(), this);
        }
      }
    }
    return answer;
  }

  private String cookies(WebRequest request) {
    return client.getCookies(request.getUrl()).stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private static boolean isPart(WebRequest request) {
    FetchDestination destination = request.getFetchDestination();
    return destination == FetchDestination.IMAGE
        || destination == FetchDestination.STYLE
        || destination == FetchDestination.SCRIPT;
  }

  /**
   * A picture that does not resolve is an error of the page; the end of the time is its end. Where
   * that came before the request had even begun, it is the page that took it, not the node.
   */
  private Failure meaning(Failure failure) {
    if (failure.kind() == ErrorKind.INTERNAL
        && failure.phase() == Phase.BLOCKED
        && !Thread.currentThread().isInterrupted()) {
      return limits.wantsMore();
    }
    if (failure.kind() == ErrorKind.INTERNAL && failure.phase() == null) {
      return new Failure(ErrorKind.PROTOCOL, null, failure.text()); // no web address, in a page
    }
    if (failure.kind() == ErrorKind.TIMEOUT
        || failure.kind() == ErrorKind.LIMIT
        || failure.kind() == ErrorKind.INTERNAL) {
      limits.overstep(failure);
    }
    return failure;
  }
}
