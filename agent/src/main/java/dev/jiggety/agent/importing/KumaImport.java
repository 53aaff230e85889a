package dev.jiggety.agent.importing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A backup of Uptime Kuma: the JSON file of version 1's "Settings → Backup", with {@code
 * monitorList}.
 */
public final class KumaImport {
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
  private static final int MOST_RETRIES = 10;

  private final Harvest harvest = new Harvest();

  private KumaImport() {}

  /**
   * Reads a backup.
   *
   * @throws ImportException when it is none
   */
  public static Imported read(String text) {
    KumaImport reader = new KumaImport();
    JsonObject backup = JsonReads.parse(text, "backup of Uptime Kuma");
    if (!backup.has("monitorList")) {
      throw new ImportException("this is no backup of Uptime Kuma: there is no monitorList");
    }
    JsonReads.objects(backup, "monitorList").forEach(reader::monitor);
    for (String list :
        List.of("notificationList", "proxyList", "maintenanceList", "statusPageList")) {
      int size = JsonReads.objects(backup, list).size();
      if (size > 0) {
        reader.harvest.leave(list, size + " of them; an import carries tests alone");
      }
    }
    return reader.harvest.done();
  }

  private void monitor(JsonObject monitor) {
    String name = JsonReads.text(monitor, "name");
    String place = "monitor \"" + name + "\"";
    String id = harvest.id(name);
    Secrets secrets = new Secrets(harvest, place, id);
    List<Assertion> assertions = new ArrayList<>();
    Optional<Check> check = check(monitor, place, secrets, assertions);
    if (check.isEmpty()) {
      harvest.leave(
          place, "monitors of type " + JsonReads.text(monitor, "type") + " are not carried over");
      return;
    }
    if (JsonReads.flag(monitor, "upsideDown", false)) {
      harvest.leave(place, "upside down: turn its assertions round by hand");
    }
    if (JsonReads.number(monitor, "parent", 0) > 0) {
      harvest.leave(place, "its group: tags take the place of groups");
    }
    int retries = (int) Math.min(JsonReads.number(monitor, "maxretries", 0), MOST_RETRIES);
    Duration wait = seconds(monitor, "retryInterval", 1);
    Duration most = Duration.ofMinutes(1);
    harvest.take(
        place,
        TestDefinition.builder(id, check.get())
            .name(Harvest.name(name))
            .active(JsonReads.flag(monitor, "active", true))
            .tags(tags(monitor))
            .schedule(new Schedule.Every(seconds(monitor, "interval", 60)))
            .timeout(timeout(monitor))
            .retries(new Retries(retries, wait.compareTo(most) > 0 ? most : wait))
            .assertions(assertions)
            .build());
  }

  private Optional<Check> check(
      JsonObject monitor, String place, Secrets secrets, List<Assertion> assertions) {
    String url = JsonReads.text(monitor, "url");
    String host = JsonReads.text(monitor, "hostname");
    int port = (int) JsonReads.number(monitor, "port", 0);
    return switch (JsonReads.text(monitor, "type")) {
      case "http", "keyword", "json-query" ->
          Optional.of(http(monitor, place, secrets, assertions));
      case "real-browser" -> Optional.of(Check.Page.of(url));
      case "port" -> Optional.of(new Check.Tcp(host, port, null, null, false, Connection.DEFAULT));
      case "dns" -> dns(monitor, host);
      default -> Optional.empty();
    };
  }

  private static Optional<Check> dns(JsonObject monitor, String host) {
    String type = JsonReads.text(monitor, "dns_resolve_type").toUpperCase(Locale.ROOT);
    String server = JsonReads.text(monitor, "dns_resolve_server").replaceFirst(",.*", "").strip();
    return Arrays.stream(Check.Dns.RecordType.values())
        .filter(record -> record.name().equals(type.isEmpty() ? "A" : type))
        .findAny()
        .map(record -> new Check.Dns(host, record, server.isEmpty() ? null : server));
  }

  private Check http(
      JsonObject monitor, String place, Secrets secrets, List<Assertion> assertions) {
    List<String> accepted = JsonReads.texts(monitor, "accepted_statuscodes");
    if (!accepted.isEmpty()) {
      assertions.add(Assertion.that(Target.STATUS, Operator.IN, String.join(",", accepted)));
    }
    String keyword = JsonReads.text(monitor, "keyword");
    if (!keyword.isEmpty()) {
      boolean not = JsonReads.flag(monitor, "invertKeyword", false);
      assertions.add(new Assertion(Target.BODY, "", Operator.CONTAINS, not, keyword));
    }
    if (JsonReads.text(monitor, "type").equals("json-query")) {
      query(monitor, place, assertions);
    }
    if (JsonReads.flag(monitor, "expiryNotification", false)) {
      assertions.add(Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "7"));
      harvest.leave(place, "notices of certificates: the test fails 7 days before the end instead");
    }
    if (JsonReads.flag(monitor, "ignoreTls", false)) {
      harvest.leave(
          place, "TLS errors ignored: name the authority in http.connection.authority instead");
    }
    int redirects = (int) JsonReads.number(monitor, "maxredirects", 10);
    String method = JsonReads.text(monitor, "method").toUpperCase(Locale.ROOT);
    HttpRequest request =
        new HttpRequest(
            method.isEmpty() ? "GET" : method,
            JsonReads.text(monitor, "url"),
            headers(monitor, place, secrets),
            body(monitor),
            authentication(monitor, place, secrets),
            List.of());
    return Check.Http.of(request)
        .withRedirects(
            redirects == 0
                ? new Check.Redirects(false, 10)
                : new Check.Redirects(true, Math.min(redirects, 20)));
  }

  /** Kuma's path is JSONata; a plain path of names is the same in both. */
  private void query(JsonObject monitor, String place, List<Assertion> assertions) {
    String path = JsonReads.text(monitor, "jsonPath");
    String value = JsonReads.text(monitor, "expectedValue");
    if (!path.matches("(\\$\\.?)?[A-Za-z_][\\w.\\[\\]]*")) {
      harvest.leave(place, "the JSONata expression " + path + ": write an assertion on json");
      return;
    }
    String plain = path.startsWith("$") ? path.replaceFirst("^\\$\\.?", "") : path;
    assertions.add(new Assertion(Target.JSON, "$." + plain, Operator.EQUALS, false, value));
  }

  private List<Check.Header> headers(JsonObject monitor, String place, Secrets secrets) {
    List<Check.Header> headers = new ArrayList<>();
    String text = JsonReads.text(monitor, "headers");
    try {
      JsonElement json = text.isBlank() ? new JsonObject() : JsonParser.parseString(text);
      for (String name : json.getAsJsonObject().keySet()) {
        Headers.add(headers, name, JsonReads.text(json.getAsJsonObject(), name), secrets);
      }
    } catch (JsonParseException | IllegalStateException e) {
      harvest.leave(place, "its headers are no JSON object");
    }
    return headers;
  }

  private static HttpBody body(JsonObject monitor) {
    String body = JsonReads.text(monitor, "body");
    if (body.isBlank()) {
      return HttpBody.NONE;
    }
    String encoding = JsonReads.text(monitor, "httpBodyEncoding");
    return encoding.isEmpty() || encoding.equals("json")
        ? new HttpBody.Json(body)
        : new HttpBody.Text(body);
  }

  private HttpAuthentication authentication(JsonObject monitor, String place, Secrets secrets) {
    String method = JsonReads.text(monitor, "authMethod");
    String user = JsonReads.text(monitor, "basic_auth_user");
    String password = JsonReads.text(monitor, "basic_auth_pass");
    if (!method.isEmpty() && !method.equals("basic")) {
      harvest.leave(place, "log-in by " + method + " is not carried over");
      return HttpAuthentication.NONE;
    }
    return user.isEmpty()
        ? HttpAuthentication.NONE
        : new HttpAuthentication.Basic(
            user, password.isEmpty() ? "" : secrets.take("password", password));
  }

  private static List<String> tags(JsonObject monitor) {
    List<String> tags = new ArrayList<>();
    for (JsonObject tag : JsonReads.objects(monitor, "tags")) {
      String value = JsonReads.text(tag, "value");
      String text = JsonReads.text(tag, "name") + (value.isBlank() ? "" : "=" + value);
      tags.add(text.strip().replaceAll("[\\s,]+", "-"));
    }
    return tags;
  }

  private static Duration timeout(JsonObject monitor) {
    Duration given = seconds(monitor, "timeout", 48);
    return given.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : given;
  }

  private static Duration seconds(JsonObject monitor, String name, double otherwise) {
    double seconds = JsonReads.number(monitor, name, otherwise);
    return Duration.ofMillis((long) ((seconds > 0 ? seconds : otherwise) * 1000));
  }
}
