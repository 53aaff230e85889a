package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The settings of each kind of test: an object named like the kind, inside the test's document. A
 * kind that is not known here keeps its settings as they are.
 */
final class CheckFields {
  private CheckFields() {}

  static Check read(Fields test, String kind, boolean strictly) {
    if (!test.has(kind)) {
      test.report(kind, "is missing: the settings of a test of kind \"" + kind + "\"");
      return new Check.Other(kind, "{}");
    }
    Fields settings = test.object(kind);
    if (kind.equals(Check.Script.KIND)) {
      return ScriptFields.read(settings, strictly);
    }
    if (!kind.equals(Check.Http.KIND)) {
      return new Check.Other(kind, CanonicalJson.write(settings.raw()));
    }
    Fields redirects = settings.object("redirects");
    String body = settings.textOrNull("body");
    Check.Http http =
        Check.Http.of(
                new HttpRequest(
                    settings.text("method", "GET").toUpperCase(Locale.ROOT),
                    settings.text("url"),
                    headers(settings, strictly),
                    body == null ? HttpBody.NONE : new HttpBody.Text(body),
                    HttpAuthentication.NONE,
                    List.of()))
            .withRedirects(
                new Check.Redirects(
                    redirects.flag("follow", true), redirects.smallNumber("max", 10)));
    if (strictly) {
      redirects.refuseUnknown();
      settings.refuseUnknown();
    }
    return http;
  }

  static void write(JsonObject test, Check check) {
    switch (check) {
      case Check.Http http -> test.add(http.kind(), write(http));
      case Check.Script script -> test.add(script.kind(), ScriptFields.write(script));
      case Check.Page _, Check.Tcp _, Check.Tls _, Check.Dns _ ->
          throw new IllegalArgumentException("no document of kind " + check.kind());
      case Check.Other other -> test.add(other.kind(), JsonParser.parseString(other.settings()));
    }
  }

  private static List<Check.Header> headers(Fields settings, boolean strictly) {
    List<Check.Header> headers = new ArrayList<>();
    for (Fields header : settings.objects("headers")) {
      headers.add(new Check.Header(header.text("name"), header.text("value")));
      if (strictly) {
        header.refuseUnknown();
      }
    }
    return headers;
  }

  private static JsonObject write(Check.Http http) {
    JsonObject json = new JsonObject();
    HttpRequest request = http.request();
    if (!request.method().equals("GET")) {
      json.addProperty("method", request.method());
    }
    json.addProperty("url", request.url());
    if (!request.headers().isEmpty()) {
      JsonArray headers = new JsonArray();
      for (Check.Header header : request.headers()) {
        JsonObject item = new JsonObject();
        item.addProperty("name", header.name());
        item.addProperty("value", header.value());
        headers.add(item);
      }
      json.add("headers", headers);
    }
    if (request.body() instanceof HttpBody.Text text) {
      json.addProperty("body", text.text());
    }
    if (!http.redirects().equals(Check.Redirects.DEFAULT)) {
      JsonObject redirects = new JsonObject();
      redirects.addProperty("follow", http.redirects().follow());
      redirects.addProperty("max", http.redirects().max());
      json.add("redirects", redirects);
    }
    return json;
  }
}
