package dev.jiggety.agent.judge;

import com.google.gson.JsonElement;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.rules.BoundedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jaxen.JaxenException;
import org.jspecify.annotations.Nullable;

/** An answer that several expressions look at: its body is parsed once. For one thread. */
final class Looked {
  private final Answer answer;
  private @Nullable JsonBody json;
  private @Nullable PageBody page;

  Looked(Answer answer) {
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  String body() {
    return Objects.requireNonNullElse(answer.body(), "");
  }

  /**
   * The texts that are there.
   *
   * @param name of the header, the path
   * @param regex for a target that is searched by one
   */
  List<String> find(Target target, String name, String regex) throws NothingThereException {
    return switch (target) {
      case HEADER ->
          answer.headers().stream()
              .filter(header -> header.name().equalsIgnoreCase(name))
              .map(Header::value)
              .toList();
      case BODY -> BoundedText.first(regex, body()).stream().toList();
      case JSON -> json(name).stream().map(JsonBody::text).toList();
      case CSS -> page().css(name);
      case XPATH -> {
        try {
          yield page().xpath(name);
        } catch (JaxenException e) {
          throw new IllegalArgumentException(e.getMessage(), e);
        }
      }
      default -> List.of();
    };
  }

  List<JsonElement> json(String path) throws NothingThereException {
    return new ArrayList<>(json().find(path));
  }

  JsonBody json() throws NothingThereException {
    JsonBody parsed = json;
    if (parsed == null) {
      try {
        parsed = JsonBody.parse(body());
      } catch (JsonBody.NotJsonException e) {
        throw new NothingThereException(body().isEmpty() ? "an empty body" : noJson());
      }
      json = parsed;
    }
    return parsed;
  }

  private String noJson() {
    return "a body that is no JSON" + (answer.complete() ? "" : " (too large to be kept whole)");
  }

  private PageBody page() throws NothingThereException {
    if (body().isEmpty()) {
      throw new NothingThereException("an empty body");
    }
    PageBody parsed = page;
    if (parsed == null) {
      parsed = PageBody.parse(answer);
      page = parsed;
    }
    return parsed;
  }
}
