package dev.jiggety.agent.importing;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The endpoints of a configuration of Gatus. */
public final class GatusImport {
  /** What stands beside the endpoints and is no test. */
  private static final Set<String> NO_TESTS =
      Set.of(
          "alerting",
          "storage",
          "web",
          "ui",
          "security",
          "maintenance",
          "connectivity",
          "remote",
          "metrics",
          "suites",
          "external-endpoints",
          "announcements",
          "tunneling");

  private static final Set<String> OF_THE_CLIENT =
      Set.of("insecure", "ignore-redirect", "timeout", "dns-resolver", "proxy-url");

  private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{([A-Z_][A-Z0-9_]*)}");

  private final Harvest harvest = new Harvest();

  private GatusImport() {}

  /**
   * Reads a configuration.
   *
   * @throws ImportException when it is none
   */
  public static Imported read(String text) {
    GatusImport reader = new GatusImport();
    boolean endpoints = false;
    for (JsonObject file : YamlReads.parse(reader.secrets(text), "configuration of Gatus")) {
      endpoints |= file.has("endpoints") || file.has("services");
      JsonReads.objects(file, file.has("endpoints") ? "endpoints" : "services")
          .forEach(reader::endpoint);
      file.keySet().stream()
          .filter(NO_TESTS::contains)
          .forEach(key -> reader.harvest.leave(key, "an import carries tests alone"));
    }
    if (!endpoints) {
      throw new ImportException("this is no configuration of Gatus: there are no endpoints");
    }
    return reader.harvest.done();
  }

  /** What Gatus takes from its environment, a node takes from its secrets. */
  private String secrets(String text) {
    return ENVIRONMENT
        .matcher(text)
        .replaceAll(match -> {
          String secret = match.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
          harvest.leave(match.group(), "put it into the secret " + secret);
          return Matcher.quoteReplacement("${secret." + secret + "}");
        });
  }

  private void endpoint(JsonObject endpoint) {
    String name = JsonReads.text(endpoint, "name");
    String group = JsonReads.text(endpoint, "group");
    String place = "endpoint \"" + (group.isEmpty() ? "" : group + "/") + name + "\"";
    String id = harvest.id(group + " " + name);
    List<Assertion> assertions = new ArrayList<>();
    for (String condition : JsonReads.texts(endpoint, "conditions")) {
      Optional<Assertion> assertion =
          GatusCondition.read(condition).flatMap(it -> fitting(it, endpoint));
      assertion.ifPresent(assertions::add);
      if (assertion.isEmpty() && !GatusCondition.isImplied(condition)) {
        harvest.leave(place, "the condition " + condition);
      }
    }
    if (!JsonReads.objects(endpoint, "alerts").isEmpty()) {
      harvest.leave(place, "its alerts: an import carries tests alone");
    }
    JsonObject client = JsonReads.object(endpoint, "client");
    client.keySet().stream()
        .filter(key -> !OF_THE_CLIENT.contains(key))
        .forEach(key -> harvest.leave(place, "client." + key + " is not carried over"));
    if (JsonReads.flag(client, "insecure", false)) {
      harvest.leave(
          place, "TLS errors ignored: name the authority in http.connection.authority instead");
    }
    Optional<Check> check =
        check(endpoint, client, new Secrets(harvest, place, id), JsonReads.text(endpoint, "url"));
    if (check.isEmpty()) {
      harvest.leave(place, JsonReads.text(endpoint, "url") + " is not carried over");
      return;
    }
    TestDefinition.Builder test =
        TestDefinition.builder(id, check.get())
            .name(Harvest.name(name))
            .active(JsonReads.flag(endpoint, "enabled", true))
            .tags(group.isEmpty() ? List.of() : List.of(group.strip().replaceAll("[\\s,]+", "-")))
            .schedule(new Schedule.Every(duration(endpoint, "interval", Duration.ofMinutes(1))))
            .timeout(duration(client, "timeout", Duration.ofSeconds(10)))
            .assertions(assertions);
    harvest.take(place, test.build());
  }

  /** What Gatus calls the body of a name server is its answer; a mere connection has none. */
  private static Optional<Assertion> fitting(Assertion assertion, JsonObject endpoint) {
    boolean dns = endpoint.has("dns");
    boolean http = JsonReads.text(endpoint, "url").toLowerCase(Locale.ROOT).startsWith("http");
    return switch (assertion.target()) {
      case BODY, JSON, STATUS -> {
        if (dns && assertion.target() == Assertion.Target.BODY) {
          yield Optional.of(
              new Assertion(
                  Assertion.Target.ANSWER,
                  "",
                  assertion.operator(),
                  assertion.negated(),
                  assertion.expected().replaceFirst("\\.$", "")));
        }
        yield http && !dns ? Optional.of(assertion) : Optional.empty();
      }
      default -> Optional.of(assertion);
    };
  }

  private static Optional<Check> check(
      JsonObject endpoint, JsonObject client, Secrets secrets, String url) {
    JsonObject dns = JsonReads.object(endpoint, "dns");
    if (!dns.isEmpty()) {
      return dns(dns, url);
    }
    String scheme = url.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" -> Optional.of(http(endpoint, client, secrets, url));
      case "tcp", "tls" -> connection(scheme, url);
      default -> Optional.empty();
    };
  }

  private static Optional<Check> connection(String scheme, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() == null || uri.getPort() < 0) {
        return Optional.empty();
      }
      return Optional.of(
          scheme.equals("tls")
              ? new Check.Tls(uri.getHost(), uri.getPort(), null, Connection.DEFAULT)
              : new Check.Tcp(uri.getHost(), uri.getPort(), null, null, false, Connection.DEFAULT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Check> dns(JsonObject dns, String server) {
    String type = JsonReads.text(dns, "query-type").toUpperCase(Locale.ROOT);
    return Arrays.stream(Check.Dns.RecordType.values())
        .filter(record -> record.name().equals(type))
        .findAny()
        .map(record ->
            new Check.Dns(
                JsonReads.text(dns, "query-name"), record, server.isEmpty() ? null : server));
  }

  private static Check http(JsonObject endpoint, JsonObject client, Secrets secrets, String url) {
    List<Check.Header> headers = new ArrayList<>();
    JsonObject given = JsonReads.object(endpoint, "headers");
    given
        .keySet()
        .forEach(name -> Headers.add(headers, name, JsonReads.text(given, name), secrets));
    String body = JsonReads.text(endpoint, "body");
    HttpBody content = body.isEmpty() ? HttpBody.NONE : new HttpBody.Text(body);
    if (JsonReads.flag(endpoint, "graphql", false)) {
      JsonObject query = new JsonObject();
      query.addProperty("query", body);
      content = new HttpBody.Json(query.toString());
    }
    String method = JsonReads.text(endpoint, "method").toUpperCase(Locale.ROOT);
    String proxy = JsonReads.text(client, "proxy-url");
    return Check.Http.of(
            new HttpRequest(
                method.isEmpty() ? "GET" : method,
                url,
                headers,
                content,
                HttpAuthentication.NONE,
                List.of()))
        .withRedirects(
            JsonReads.flag(client, "ignore-redirect", false)
                ? new Check.Redirects(false, 10)
                : Check.Redirects.DEFAULT)
        .withConnection(
            new Connection(
                Connection.Version.AUTO,
                Connection.Family.ANY,
                null,
                resolver(JsonReads.text(client, "dns-resolver")),
                proxy.isEmpty() ? null : proxy,
                null,
                null,
                null));
  }

  /** {@code tcp://8.8.8.8:53} is written without its scheme here. */
  private static @Nullable String resolver(String text) {
    return text.isEmpty() ? null : text.replaceFirst("^[a-z]+://", "");
  }

  private Duration duration(JsonObject from, String name, Duration otherwise) {
    String text = JsonReads.text(from, name);
    try {
      return text.isEmpty() ? otherwise : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      harvest.leave(name, text + " is no duration; " + Durations.format(otherwise) + " instead");
      return otherwise;
    }
  }
}
