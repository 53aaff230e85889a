package dev.jiggety.agent.importing;

import com.google.gson.JsonObject;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The http prober of the blackbox exporter. */
final class BlackboxHttp {
  private static final Set<String> KNOWN =
      Set.of(
          "valid_status_codes",
          "method",
          "headers",
          "body",
          "fail_if_ssl",
          "fail_if_not_ssl",
          "fail_if_body_matches_regexp",
          "fail_if_body_not_matches_regexp",
          "fail_if_header_matches",
          "fail_if_header_not_matches",
          "basic_auth",
          "bearer_token",
          "proxy_url",
          "follow_redirects",
          "no_follow_redirects",
          "preferred_ip_protocol",
          "ip_protocol_fallback",
          "valid_http_versions");

  private final Harvest harvest;
  private final String place;
  private final Secrets secrets;

  BlackboxHttp(Harvest harvest, String place, Secrets secrets) {
    this.harvest = harvest;
    this.place = place;
    this.secrets = secrets;
  }

  Check read(JsonObject http, String target, List<Assertion> assertions) {
    status(http, assertions);
    bodies(http, assertions);
    headers(http, assertions);
    protocol(http, assertions);
    http.keySet().stream()
        .filter(key -> !KNOWN.contains(key))
        .forEach(key -> harvest.leave(place, "http." + key + " is not carried over"));
    List<Check.Header> headers = new ArrayList<>();
    JsonObject given = JsonReads.object(http, "headers");
    given
        .keySet()
        .forEach(name -> Headers.add(headers, name, JsonReads.text(given, name), secrets));
    String method = JsonReads.text(http, "method").toUpperCase(Locale.ROOT);
    String body = JsonReads.text(http, "body");
    boolean follow =
        JsonReads.flag(http, "follow_redirects", true)
            && !JsonReads.flag(http, "no_follow_redirects", false);
    return Check.Http.of(
            new HttpRequest(
                method.isEmpty() ? "GET" : method,
                target.contains("://") ? target : "http://" + target,
                headers,
                body.isEmpty() ? HttpBody.NONE : new HttpBody.Text(body),
                authentication(http),
                List.of()))
        .withRedirects(new Check.Redirects(follow, 10))
        .withConnection(connection(http));
  }

  /** None at all means 200 to 299 there, and up to 399 here. */
  private static void status(JsonObject http, List<Assertion> assertions) {
    List<String> codes = JsonReads.texts(http, "valid_status_codes");
    String expected = codes.isEmpty() ? "200-299" : String.join(",", codes);
    assertions.add(Assertion.that(Target.STATUS, Operator.IN, expected));
  }

  private static void bodies(JsonObject http, List<Assertion> assertions) {
    for (String regex : JsonReads.texts(http, "fail_if_body_not_matches_regexp")) {
      assertions.add(Assertion.that(Target.BODY, Operator.MATCHES, regex));
    }
    for (String regex : JsonReads.texts(http, "fail_if_body_matches_regexp")) {
      assertions.add(new Assertion(Target.BODY, "", Operator.MATCHES, true, regex));
    }
  }

  private void headers(JsonObject http, List<Assertion> assertions) {
    for (boolean negated : new boolean[] {false, true}) {
      String key = negated ? "fail_if_header_matches" : "fail_if_header_not_matches";
      for (JsonObject rule : JsonReads.objects(http, key)) {
        if (JsonReads.flag(rule, "allow_missing", false) && !negated) {
          harvest.leave(place, "http." + key + ": allow_missing; a header that is not there fails");
        }
        if (negated && !JsonReads.flag(rule, "allow_missing", false)) {
          String name = JsonReads.text(rule, "header").toLowerCase(Locale.ROOT);
          assertions.add(new Assertion(Target.HEADER, name, Operator.EXISTS, false, ""));
        }
        assertions.add(
            new Assertion(
                Target.HEADER,
                JsonReads.text(rule, "header").toLowerCase(Locale.ROOT),
                Operator.MATCHES,
                negated,
                JsonReads.text(rule, "regexp")));
      }
    }
  }

  private void protocol(JsonObject http, List<Assertion> assertions) {
    if (JsonReads.flag(http, "fail_if_not_ssl", false)) {
      assertions.add(Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "0"));
    }
    if (JsonReads.flag(http, "fail_if_ssl", false)) {
      harvest.leave(place, "http.fail_if_ssl is not carried over");
    }
  }

  private Connection connection(JsonObject http) {
    List<String> versions = JsonReads.texts(http, "valid_http_versions");
    boolean only1 = !versions.isEmpty() && versions.stream().noneMatch(it -> it.contains("2"));
    String proxy = JsonReads.text(http, "proxy_url");
    String family = JsonReads.text(http, "preferred_ip_protocol");
    boolean strictly = !JsonReads.flag(http, "ip_protocol_fallback", true);
    return new Connection(
        only1 ? Connection.Version.HTTP_1_1 : Connection.Version.AUTO,
        strictly && family.equals("ip4")
            ? Connection.Family.IPV4
            : strictly ? Connection.Family.IPV6 : Connection.Family.ANY,
        null,
        null,
        proxy.isEmpty() ? null : proxy,
        null,
        null,
        null);
  }

  private HttpAuthentication authentication(JsonObject http) {
    JsonObject basic = JsonReads.object(http, "basic_auth");
    if (!basic.isEmpty()) {
      String password = JsonReads.text(basic, "password");
      String file = JsonReads.text(basic, "password_file");
      return new HttpAuthentication.Basic(
          JsonReads.text(basic, "username"),
          password.isEmpty() && file.isEmpty() ? "" : secrets.take("password", password + file));
    }
    String token = JsonReads.text(http, "bearer_token");
    return token.isEmpty()
        ? HttpAuthentication.NONE
        : new HttpAuthentication.Bearer(secrets.take("token", token));
  }
}
