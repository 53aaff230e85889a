package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is wrong with what a request sends, and which texts are in it. */
final class BodyRules {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:;[ -~]*)?");

  /** A test is a document that travels to every node. */
  private static final int LONGEST = 256 << 10;

  private BodyRules() {}

  static void check(HttpRequest request, String place, List<Problem> problems) {
    String field = field(request.body());
    if (field.isEmpty()) {
      return;
    }
    String at = place + "." + field;
    String method = request.method();
    if (method.equals("GET") || method.equals("HEAD")) {
      problems.add(new Problem(at, "a " + method + " carries no body; take it out or use POST"));
    }
    long size = 0;
    for (String text : of(request.body()).values()) {
      size += text.length();
    }
    if (size > LONGEST) {
      problems.add(new Problem(at, "is longer than " + LONGEST + " characters; send less"));
    }
    switch (request.body()) {
      case HttpBody.Form form -> {
        for (int i = 0; i < form.fields().size(); i++) {
          named(form.fields().get(i).name(), at + "[" + i + "].name", problems);
        }
      }
      case HttpBody.Multipart multipart -> {
        if (multipart.parts().isEmpty()) {
          problems.add(new Problem(at, "is empty; a multipart body has one part at least"));
        }
        for (int i = 0; i < multipart.parts().size(); i++) {
          part(multipart.parts().get(i), at + "[" + i + "]", problems);
        }
      }
      case HttpBody.None _, HttpBody.Text _, HttpBody.Json _ -> {}
    }
  }

  /** All texts of a request that placeholders may stand in, by their place. */
  static Map<String, String> texts(HttpRequest request) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("url", request.url());
    for (int i = 0; i < request.headers().size(); i++) {
      texts.put("headers[" + i + "].value", request.headers().get(i).value());
    }
    texts.putAll(of(request.body()));
    switch (request.authentication()) {
      case HttpAuthentication.None _ -> {}
      case HttpAuthentication.Basic basic -> {
        texts.put("auth.basic.user", basic.user());
        texts.put("auth.basic.password", basic.password());
      }
      case HttpAuthentication.Bearer bearer -> texts.put("auth.bearer", bearer.token());
    }
    return texts;
  }

  private static String field(HttpBody body) {
    return switch (body) {
      case HttpBody.None _ -> "";
      case HttpBody.Text _ -> "body";
      case HttpBody.Json _ -> "json";
      case HttpBody.Form _ -> "form";
      case HttpBody.Multipart _ -> "parts";
    };
  }

  private static Map<String, String> of(HttpBody body) {
    Map<String, String> texts = new LinkedHashMap<>();
    switch (body) {
      case HttpBody.None _ -> {}
      case HttpBody.Text text -> texts.put("body", text.text());
      case HttpBody.Json json -> texts.put("json", json.json());
      case HttpBody.Form form -> {
        for (int i = 0; i < form.fields().size(); i++) {
          texts.put("form[" + i + "].value", form.fields().get(i).value());
        }
      }
      case HttpBody.Multipart multipart -> {
        for (int i = 0; i < multipart.parts().size(); i++) {
          HttpBody.Part part = multipart.parts().get(i);
          texts.put("parts[" + i + "]." + (part.binary() ? "base64" : "content"), part.content());
        }
      }
    }
    return texts;
  }

  private static void part(HttpBody.Part part, String place, List<Problem> problems) {
    named(part.name(), place + ".name", problems);
    if (part.mediaType() != null && !MEDIA_TYPE.matcher(part.mediaType()).matches()) {
      problems.add(
          new Problem(
              place + ".type",
              "\"" + part.mediaType() + "\" is not a media type; write it like image/png"));
    }
    if (part.binary()) {
      try {
        Base64.getMimeDecoder().decode(part.content());
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(place + ".base64", "is not base64: " + e.getMessage()));
      }
    }
  }

  private static void named(String name, String place, List<Problem> problems) {
    if (name.isEmpty()) {
      problems.add(new Problem(place, "is empty; a field has a name"));
    }
  }
}
