package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The settings of a test of kind {@code http}. */
final class HttpFields {
  private static final Target[] CAPTURED = {
    Target.HEADER, Target.BODY, Target.JSON, Target.XPATH, Target.CSS
  };

  private HttpFields() {}

  static Check.Http read(Fields settings, boolean strictly) {
    Fields redirects = settings.object("redirects");
    Check.Redirects usual = Check.Redirects.DEFAULT;
    Check.Http http =
        new Check.Http(
            request(settings, strictly),
            before(settings, strictly),
            ConnectionFields.read(settings, strictly),
            new Check.Redirects(
                redirects.flag("follow", usual.follow()),
                redirects.smallNumber("max", usual.max())),
            settings.number("body-limit", Check.Http.DEFAULT_BODY_LIMIT));
    if (strictly) {
      redirects.refuseUnknown();
      settings.refuseUnknown();
    }
    return http;
  }

  static JsonObject write(Check.Http http) {
    JsonObject json = new JsonObject();
    write(json, http.request());
    if (!http.before().isEmpty()) {
      JsonArray list = new JsonArray();
      for (Check.Before before : http.before()) {
        JsonObject item = new JsonObject();
        item.addProperty("name", before.name());
        write(item, before.request());
        AssertionFields.write(item, before.assertions());
        list.add(item);
      }
      json.add("before", list);
    }
    ConnectionFields.write(json, http.connection());
    if (!http.redirects().equals(Check.Redirects.DEFAULT)) {
      JsonObject redirects = new JsonObject();
      redirects.addProperty("follow", http.redirects().follow());
      redirects.addProperty("max", http.redirects().max());
      json.add("redirects", redirects);
    }
    if (http.bodyLimit() != Check.Http.DEFAULT_BODY_LIMIT) {
      json.addProperty("body-limit", http.bodyLimit());
    }
    return json;
  }

  private static List<Check.Before> before(Fields settings, boolean strictly) {
    List<Check.Before> list = new ArrayList<>();
    for (Fields item : settings.objects("before")) {
      list.add(
          new Check.Before(
              item.text("name"), request(item, strictly), AssertionFields.read(item, strictly)));
      if (strictly) {
        item.refuseUnknown();
      }
    }
    return list;
  }

  private static HttpRequest request(Fields fields, boolean strictly) {
    return new HttpRequest(
        fields.text("method", "GET").toUpperCase(Locale.ROOT),
        fields.text("url"),
        headers(fields, strictly),
        BodyFields.read(fields, strictly),
        authentication(fields, strictly),
        captures(fields, strictly));
  }

  private static void write(JsonObject json, HttpRequest request) {
    if (!request.method().equals("GET")) {
      json.addProperty("method", request.method());
    }
    json.addProperty("url", request.url());
    if (!request.headers().isEmpty()) {
      JsonArray headers = new JsonArray();
      request
          .headers()
          .forEach(header -> headers.add(BodyFields.pair(header.name(), header.value())));
      json.add("headers", headers);
    }
    BodyFields.write(json, request.body());
    write(json, request.authentication());
    if (!request.captures().isEmpty()) {
      JsonArray captures = new JsonArray();
      request.captures().forEach(capture -> captures.add(write(capture)));
      json.add("capture", captures);
    }
  }

  private static List<Check.Header> headers(Fields fields, boolean strictly) {
    List<Check.Header> headers = new ArrayList<>();
    for (Fields header : fields.objects("headers")) {
      headers.add(new Check.Header(header.text("name"), header.text("value")));
      if (strictly) {
        header.refuseUnknown();
      }
    }
    return headers;
  }

  private static HttpAuthentication authentication(Fields fields, boolean strictly) {
    if (!fields.has("auth")) {
      return HttpAuthentication.NONE;
    }
    Fields auth = fields.object("auth");
    String bearer = auth.textOrNull("bearer");
    if (auth.has("basic") == (bearer != null)) {
      fields.report("auth", "needs either \"basic\" (user and password) or \"bearer\" (a token)");
    }
    Fields basic = auth.object("basic");
    HttpAuthentication read =
        bearer != null
            ? new HttpAuthentication.Bearer(bearer)
            : !auth.has("basic")
                ? HttpAuthentication.NONE
                : new HttpAuthentication.Basic(basic.text("user"), basic.text("password"));
    if (strictly) {
      basic.refuseUnknown();
      auth.refuseUnknown();
    }
    return read;
  }

  private static void write(JsonObject json, HttpAuthentication authentication) {
    JsonObject auth = new JsonObject();
    switch (authentication) {
      case HttpAuthentication.None _ -> {
        return;
      }
      case HttpAuthentication.Basic basic -> {
        JsonObject pair = new JsonObject();
        pair.addProperty("user", basic.user());
        pair.addProperty("password", basic.password());
        auth.add("basic", pair);
      }
      case HttpAuthentication.Bearer bearer -> auth.addProperty("bearer", bearer.token());
    }
    json.add("auth", auth);
  }

  private static List<Capture> captures(Fields fields, boolean strictly) {
    List<Capture> captures = new ArrayList<>();
    for (Fields item : fields.objects("capture")) {
      if (!item.has("from")) {
        item.report("from", "is missing: where it is taken from, like json or header");
      }
      captures.add(
          new Capture(
              item.text("name"),
              item.oneOf("from", Target.BODY, CAPTURED, Target::label),
              item.text("expression"),
              item.flag("secret", false)));
      if (strictly) {
        item.refuseUnknown();
      }
    }
    return captures;
  }

  private static JsonObject write(Capture capture) {
    JsonObject json = new JsonObject();
    json.addProperty("name", capture.name());
    json.addProperty("from", capture.target().label());
    json.addProperty("expression", capture.expression());
    if (capture.secret()) {
      json.addProperty("secret", true);
    }
    return json;
  }
}
