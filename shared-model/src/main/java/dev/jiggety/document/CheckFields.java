package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.Check;
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
    if (!kind.equals(Check.Http.KIND)) {
      return new Check.Other(kind, CanonicalJson.write(settings.raw()));
    }
    Fields redirects = settings.object("redirects");
    Check.Http http =
        new Check.Http(
            settings.text("method", "GET").toUpperCase(Locale.ROOT),
            settings.text("url"),
            headers(settings, strictly),
            settings.textOrNull("body"),
            redirects.flag("follow", true),
            redirects.smallNumber("max", 10));
    if (strictly) {
      redirects.refuseUnknown();
      settings.refuseUnknown();
    }
    return http;
  }

  static void write(JsonObject test, Check check) {
    switch (check) {
      case Check.Http http -> test.add(http.kind(), write(http));
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
    if (!http.method().equals("GET")) {
      json.addProperty("method", http.method());
    }
    json.addProperty("url", http.url());
    if (!http.headers().isEmpty()) {
      JsonArray headers = new JsonArray();
      for (Check.Header header : http.headers()) {
        JsonObject item = new JsonObject();
        item.addProperty("name", header.name());
        item.addProperty("value", header.value());
        headers.add(item);
      }
      json.add("headers", headers);
    }
    if (http.body() != null) {
      json.addProperty("body", http.body());
    }
    if (!http.followRedirects() || http.maxRedirects() != 10) {
      JsonObject redirects = new JsonObject();
      redirects.addProperty("follow", http.followRedirects());
      redirects.addProperty("max", http.maxRedirects());
      json.add("redirects", redirects);
    }
    return json;
  }
}
