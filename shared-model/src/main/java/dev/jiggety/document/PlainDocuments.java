package dev.jiggety.document;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of the configuration that people write in files beside tests, of whatever kind. */
public final class PlainDocuments {
  private static final List<PlainDocument<?>> ALL =
      List.of(
          WindowDocument.TYPE, PolicyDocument.TYPE, ChannelDocument.TYPE, SettingsDocument.TYPE);

  private PlainDocuments() {}

  /** Whether a document of that id is of such a kind. */
  public static boolean isOne(String id) {
    int colon = id.indexOf(':');
    return find(colon < 0 ? id : id.substring(0, colon)).isPresent();
  }

  /** The kind that somebody wrote: the name of a field that is one; empty for a test. */
  public static Optional<String> type(JsonObject written) {
    return ALL.stream().map(DocumentType::type).filter(written::has).findFirst();
  }

  /**
   * The document of what somebody wrote under the name of its kind.
   *
   * @throws DocumentException with all that is wrong, each place beginning with the kind
   */
  public static JsonObject document(String type, JsonObject written) {
    List<Problem> problems = new ArrayList<>();
    for (String name : written.keySet()) {
      if (!name.equals(type)) {
        problems.add(
            new Problem(
                name, "must not stand beside \"" + type + "\"; begin another document with ---"));
      }
    }
    if (!(written.get(type) instanceof JsonObject fields)) {
      problems.add(new Problem(type, "must be an object with fields"));
      throw new DocumentException(problems);
    }
    try {
      JsonObject document = document(kind(type), fields, problems);
      if (problems.isEmpty()) {
        return document;
      }
    } catch (DocumentException e) {
      e.problems().forEach(problem -> problems.add(problem.under(type)));
    }
    throw new DocumentException(problems);
  }

  private static <T> JsonObject document(
      PlainDocument<T> kind, JsonObject fields, List<Problem> problems) {
    T value = kind.readStrictly(fields);
    kind.problems(value).forEach(problem -> problems.add(problem.under(kind.type())));
    return kind.write(value);
  }

  /** The kind of a document. */
  public static String typeOf(JsonObject document) {
    JsonElement type = document.get("type");
    return type == null ? "" : type.getAsString();
  }

  /**
   * The fields of a document as a person would write them.
   *
   * @throws DocumentException when it cannot be read
   */
  public static JsonObject plain(JsonObject document) {
    return plain(kind(typeOf(document)), document);
  }

  private static <T> JsonObject plain(PlainDocument<T> kind, JsonObject document) {
    return kind.writePlain(kind.read(document));
  }

  /** Its name for people; its id where it has none. */
  public static String name(JsonObject document) {
    JsonElement name = document.get("name");
    return name == null ? document.get("_id").getAsString() : name.getAsString();
  }

  /**
   * The edit of a document.
   *
   * @param before the document that was edited, so that fields that are not known stay; null for a
   *     new one
   */
  public static Change.Put put(JsonObject document, @Nullable JsonObject before) {
    JsonObject after = before == null ? document : merged(kind(typeOf(document)), document, before);
    return new Change.Put(
        document.get("_id").getAsString(),
        Contents.of(after),
        before == null ? null : Contents.of(before).digest());
  }

  private static <T> JsonObject merged(
      PlainDocument<T> kind, JsonObject document, JsonObject before) {
    return kind.write(kind.read(document), before);
  }

  private static PlainDocument<?> kind(String type) {
    return find(type)
        .orElseThrow(() ->
            new DocumentException(
                List.of(new Problem("type", "\"" + type + "\" is not written in files"))));
  }

  private static Optional<PlainDocument<?>> find(String type) {
    return ALL.stream().filter(kind -> kind.type().equals(type)).findFirst();
  }
}
