package dev.jiggety.agent.importing;

import com.google.gson.JsonObject;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.TestDefinition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A browser's recording, HAR 1.2. What the person did becomes one http test: the documents and the
 * calls for data, in their order; the last of them is judged, those before go ahead of it.
 * Pictures, style sheets, fonts and scripts are left out: a test of kind page loads them.
 */
public final class HarImport {
  private static final int MOST_BEFORE = 20;
  private static final Set<String> NOT_CARRIED = Set.of("OPTIONS", "CONNECT", "TRACE");

  private final Harvest harvest = new Harvest();

  private HarImport() {}

  /**
   * Reads a recording.
   *
   * @throws ImportException when it is none, or nothing in it makes a test
   */
  public static Imported read(String text) {
    return new HarImport().read(JsonReads.parse(text, "HAR file"));
  }

  private Imported read(JsonObject har) {
    List<JsonObject> all = JsonReads.objects(JsonReads.object(har, "log"), "entries");
    if (all.isEmpty()) {
      throw new ImportException("this is no HAR file, or one without a request: log.entries");
    }
    List<Step> steps = new ArrayList<>();
    boolean redirected = false;
    for (int i = 0; i < all.size(); i++) {
      Step step = new Step("log.entries[" + i + "]", all.get(i));
      boolean byRedirect = redirected && step.isGet();
      if (step.matters()) {
        redirected = step.isRedirect();
      }
      if (step.matters() && !byRedirect) {
        steps.add(step);
      }
    }
    long others = all.stream().filter(entry -> !new Step("", entry).matters()).count();
    if (others > 0) {
      harvest.leave(
          "log.entries",
          others
              + (others == 1 ? " request" : " requests")
              + " for pictures, styles, scripts and the like: a test of kind page loads them");
    }
    if (steps.isEmpty()) {
      throw new ImportException("no request in it is for a document or for data");
    }
    if (steps.size() > MOST_BEFORE + 1) {
      int first = steps.size() - MOST_BEFORE - 1;
      harvest.leave(
          "log.entries", "the first " + first + " requests: a test has at most 20 before");
      steps = steps.subList(first, steps.size());
    }
    take(steps);
    return harvest.done();
  }

  private void take(List<Step> steps) {
    Step last = steps.getLast();
    String id = harvest.id(CurlImport.idText(last.url()));
    Secrets secrets = new Secrets(harvest, "log.entries", id);
    if (steps.getFirst().hasCookies()) {
      harvest.leave(
          steps.getFirst().place, "the cookies it began with: log in by a request before");
    }
    List<Check.Before> before = new ArrayList<>();
    for (Step step : steps.subList(0, steps.size() - 1)) {
      String name = Harvest.name(step.method() + " " + step.url().replaceFirst("\\?.*", ""));
      before.add(new Check.Before(name, step.request(secrets), step.assertions()));
    }
    Check.Http main = Check.Http.of(last.request(secrets));
    TestDefinition.Builder test =
        TestDefinition.builder(
                id,
                new Check.Http(
                    main.request(), before, main.connection(), main.redirects(), main.bodyLimit()))
            .name(Harvest.name(title(last)))
            .assertions(last.assertions());
    harvest.take(last.place, test.build());
  }

  private static String title(Step step) {
    return step.method() + " " + step.url().replaceFirst("\\?.*", "");
  }

  /** One request of the recording. */
  private final class Step {
    private final String place;
    private final JsonObject entry;
    private final JsonObject request;
    private final JsonObject response;

    private Step(String place, JsonObject entry) {
      this.place = place;
      this.entry = entry;
      this.request = JsonReads.object(entry, "request");
      this.response = JsonReads.object(entry, "response");
    }

    private String method() {
      return JsonReads.text(request, "method").toUpperCase(Locale.ROOT);
    }

    private String url() {
      return JsonReads.text(request, "url").replaceFirst("#.*", "");
    }

    private int status() {
      return (int) JsonReads.number(response, "status", 0);
    }

    /** An error that was recorded is what is expected. */
    private List<Assertion> assertions() {
      return status() < 400
          ? List.of()
          : List.of(
              Assertion.that(Assertion.Target.STATUS, Assertion.Operator.EQUALS, "" + status()));
    }

    private boolean hasCookies() {
      return JsonReads.objects(request, "headers").stream()
          .anyMatch(header -> JsonReads.text(header, "name").equalsIgnoreCase("Cookie"));
    }

    private boolean isGet() {
      return method().equals("GET");
    }

    private boolean isRedirect() {
      int status = status();
      return status >= 300 && status < 400 && !JsonReads.text(response, "redirectURL").isEmpty();
    }

    /** By the type that Chromium's browsers write down, else by what came back. */
    private boolean matters() {
      if (!url().startsWith("http") || NOT_CARRIED.contains(method())) {
        return false;
      }
      String type = JsonReads.text(entry, "_resourceType");
      if (!type.isEmpty()) {
        return Set.of("document", "xhr", "fetch", "preflight").contains(type);
      }
      String media = JsonReads.text(JsonReads.object(response, "content"), "mimeType");
      return !isGet()
          || isRedirect()
          || media.contains("html")
          || media.contains("json")
          || (media.contains("xml") && !media.contains("svg"));
    }

    private HttpRequest request(Secrets secrets) {
      List<Check.Header> headers = new ArrayList<>();
      for (JsonObject header : JsonReads.objects(request, "headers")) {
        String name = JsonReads.text(header, "name");
        // Cookies of the session come again by themselves, and the host is the address's own.
        if (!name.equalsIgnoreCase("Cookie") && !name.equalsIgnoreCase("Host")) {
          Headers.add(headers, name, JsonReads.text(header, "value"), secrets);
        }
      }
      return new HttpRequest(
          method(), url(), headers, body(headers, secrets), HttpAuthentication.NONE, List.of());
    }

    private HttpBody body(List<Check.Header> headers, Secrets secrets) {
      JsonObject data = JsonReads.object(request, "postData");
      String media = JsonReads.text(data, "mimeType").replaceFirst(";.*", "").strip();
      List<JsonObject> fields = JsonReads.objects(data, "params");
      String text = JsonReads.text(data, "text");
      if (media.equals("multipart/form-data")) {
        harvest.leave(place, "the parts of its form: a recording does not hold the files");
        return HttpBody.NONE;
      }
      if (!fields.isEmpty() && media.equals("application/x-www-form-urlencoded")) {
        headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Type"));
        return new HttpBody.Form(fields.stream().map(field -> field(field, secrets)).toList());
      }
      return text.isEmpty() ? HttpBody.NONE : new HttpBody.Text(text);
    }

    private HttpBody.Field field(JsonObject field, Secrets secrets) {
      String name = decoded(JsonReads.text(field, "name"));
      String value = decoded(JsonReads.text(field, "value"));
      boolean secret = name.toLowerCase(Locale.ROOT).matches(".*(pass|secret|token|pin).*");
      return new HttpBody.Field(name, secret ? secrets.take(name, value) : value);
    }

    /** Browsers do not agree whether these are encoded. */
    private String decoded(@Nullable String text) {
      if (text == null || !text.matches(".*(%[0-9A-Fa-f]{2}|\\+).*")) {
        return text == null ? "" : text;
      }
      try {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return text;
      }
    }
  }
}
