package dev.jiggety.agent.probe.http;

import dev.jiggety.model.Check;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.rules.Placeholders;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts secrets and what was captured into a request, part by part. All methods throw {@link
 * Placeholders.UndefinedException} when something is not there.
 */
final class Filling {
  private Filling() {}

  /** Values by the key of their placeholder; null for what is not there. */
  @FunctionalInterface
  interface Values extends Function<String, @Nullable String> {}

  static HttpRequest of(HttpRequest request, Values values) {
    return new HttpRequest(
        request.method(),
        Placeholders.fillUrl(request.url(), values),
        request.headers().stream()
            .map(header ->
                new Check.Header(header.name(), Placeholders.fill(header.value(), values)))
            .toList(),
        of(request.body(), values),
        of(request.authentication(), values),
        request.captures());
  }

  private static HttpBody of(HttpBody body, Values values) {
    return switch (body) {
      case HttpBody.None none -> none;
      case HttpBody.Text text -> new HttpBody.Text(Placeholders.fill(text.text(), values));
      case HttpBody.Json json -> new HttpBody.Json(Placeholders.fill(json.json(), inJson(values)));
      case HttpBody.Form form ->
          new HttpBody.Form(
              form.fields().stream()
                  .map(field ->
                      new HttpBody.Field(field.name(), Placeholders.fill(field.value(), values)))
                  .toList());
      case HttpBody.Multipart parts ->
          new HttpBody.Multipart(
              parts.parts().stream()
                  .map(part ->
                      new HttpBody.Part(
                          part.name(),
                          part.fileName(),
                          part.mediaType(),
                          part.binary()
                              ? part.content()
                              : Placeholders.fill(part.content(), values),
                          part.binary()))
                  .toList());
    };
  }

  /** Inside of JSON a value stands in a string, so that what would end the string is escaped. */
  private static Values inJson(Values values) {
    return key -> {
      String value = values.apply(key);
      if (value == null) {
        return null;
      }
      StringBuilder escaped = new StringBuilder(value.length() + 8);
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          escaped.append('\\').append(c);
        } else if (c < ' ') {
          escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          escaped.append(c);
        }
      }
      return escaped.toString();
    };
  }

  private static HttpAuthentication of(HttpAuthentication authentication, Values values) {
    return switch (authentication) {
      case HttpAuthentication.None none -> none;
      case HttpAuthentication.Basic basic ->
          new HttpAuthentication.Basic(
              Placeholders.fill(basic.user(), values), Placeholders.fill(basic.password(), values));
      case HttpAuthentication.Bearer bearer ->
          new HttpAuthentication.Bearer(Placeholders.fill(bearer.token(), values));
    };
  }
}
