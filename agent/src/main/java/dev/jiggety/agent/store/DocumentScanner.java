package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import dev.jiggety.document.JsonScanner;
import dev.jiggety.document.JsonScanner.MalformedException;
import java.util.HashSet;
import java.util.Optional;

/**
 * Takes documents apart that come as text, from another database mostly, without making trees of
 * their bodies: the text of a body goes into the store as it came. What is not as a database writes
 * it (blanks, a member twice, no JSON) is left to {@link DocumentParser}.
 */
final class DocumentScanner {
  private DocumentScanner() {}

  /**
   * The write; empty where the text is to be parsed.
   *
   * @throws InvalidDocumentException as the parser
   */
  static Optional<DocumentWrite> scan(String text) {
    try {
      return read(text);
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static Optional<DocumentWrite> read(String text) throws MalformedException {
    var in = new JsonScanner(text);
    var special = new JsonObject();
    var names = new HashSet<String>();
    var body = new StringBuilder(text.length()).append('{');
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      if (!names.add(name) || name.startsWith("_replication_")) {
        return Optional.empty();
      }
      if (name.startsWith("_")) {
        special.add(name, in.nextTree());
      } else {
        in.skipValue();
        in.appendMember(body.length() == 1 ? body : body.append(','));
      }
    }
    in.end();
    if (in.sawBlanks() || !special.has("_id")) {
      return Optional.empty();
    }
    var head = DocumentParser.parse(special);
    var json = body.append('}').toString();
    return Optional.of(
        new DocumentWrite(
            head.id(), head.history(), head.deleted(), json, null, head.attachments()));
  }
}
