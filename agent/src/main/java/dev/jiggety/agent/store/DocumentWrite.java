package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.document.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document on its way into the store: checked, and taken apart into body and the members that
 * begin with an underscore. Immutable. Making one never blocks and needs no store, so a caller can
 * refuse a whole batch, as CouchDB does, before anything is written.
 */
public final class DocumentWrite {

  private final String id;
  private final List<Revision> history;
  private final boolean deleted;
  private final String json;
  private final @Nullable String canonical;
  private final Map<String, AttachmentWrite> attachments;

  /** Counted when first asked for; two threads at once would count the same. */
  private int bodyBytes = -1;

  DocumentWrite(
      String id,
      List<Revision> history,
      boolean deleted,
      String json,
      @Nullable String canonical,
      Map<String, AttachmentWrite> attachments) {
    this.id = DocumentIds.check(id);
    this.history = List.copyOf(history);
    this.deleted = deleted;
    this.json = json;
    this.canonical = canonical;
    this.attachments = attachments.isEmpty() ? Map.of() : new TreeMap<>(attachments);
  }

  /**
   * Takes a document apart as CouchDB writes them: {@code _id}, {@code _rev}, {@code _revisions},
   * {@code _deleted}, {@code _attachments} (inline Base64 or stubs). {@code _revs_info}, {@code
   * _conflicts}, {@code _deleted_conflicts} and {@code _local_seq} are ignored, as there. Without
   * {@code _id} it gets a random one.
   *
   * @throws InvalidDocumentException what CouchDB refuses too
   */
  public static DocumentWrite fromJson(JsonObject document) {
    return DocumentParser.parse(document);
  }

  /**
   * The same of a document's text; quicker, as its body is not parsed where it need not be.
   *
   * @throws InvalidDocumentException what CouchDB refuses too, and what is no JSON object
   */
  public static DocumentWrite fromText(String text) {
    return DocumentScanner.scan(text).orElseGet(() -> parsed(text));
  }

  private static DocumentWrite parsed(String text) {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return fromJson(object);
      }
    } catch (JsonParseException e) {
      // The same words as for what is no object.
    }
    throw new InvalidDocumentException(
        InvalidDocumentException.BAD_REQUEST, "Document must be a JSON object");
  }

  /**
   * An edit of {@code parent}; {@code body} may carry {@code _deleted} and {@code _attachments}.
   */
  public static DocumentWrite edit(String id, JsonObject body, Optional<Revision> parent) {
    var write = DocumentParser.parse(body, id);
    return new DocumentWrite(
        id,
        parent.map(List::of).orElse(List.of()),
        write.deleted,
        write.json,
        write.canonical,
        write.attachments);
  }

  /** A tombstone without members. */
  public static DocumentWrite deletion(String id, Revision parent) {
    return new DocumentWrite(id, List.of(parent), true, "{}", "{}", Map.of());
  }

  /**
   * A revision as it is, for {@code newEdits=false}.
   *
   * @param history the revision itself, then what it grew out of; newest first
   */
  public static DocumentWrite replicated(
      String id, JsonObject body, List<Revision> history, boolean deleted) {
    DocumentParser.checkHistory(history);
    var write = DocumentParser.parse(body, id);
    return new DocumentWrite(id, history, deleted, write.json, write.canonical, write.attachments);
  }

  /** The same with one more attachment; one of that name is replaced. */
  public DocumentWrite withAttachment(AttachmentWrite attachment) {
    var more = new TreeMap<>(attachments);
    more.put(attachment.name(), attachment);
    return new DocumentWrite(id, history, deleted, json, canonical, more);
  }

  /** The document's id. */
  public String id() {
    return id;
  }

  /** For an edit, the revision that it replaces. */
  public Optional<Revision> parent() {
    return history.isEmpty() ? Optional.empty() : Optional.of(history.getFirst());
  }

  /** For a replicated revision, itself and what it grew out of, newest first; else the parent. */
  public List<Revision> history() {
    return history;
  }

  /** Whether it is a tombstone. */
  public boolean deleted() {
    return deleted;
  }

  /** The members that do not begin with an underscore; parsed anew at each call. */
  public JsonObject body() {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  /** {@link #body} as text. */
  public String bodyText() {
    return json;
  }

  /** {@link #bodyText} as canonical JSON. */
  String canonicalBody() {
    return canonical == null ? CanonicalJson.write(body()) : canonical;
  }

  /** Length of {@link #bodyText} in bytes of UTF-8. */
  public int bodyBytes() {
    var known = bodyBytes;
    if (known < 0) {
      known = countBytes();
      bodyBytes = known;
    }
    return known;
  }

  /** Whether {@link #bodyText} is longer than so many bytes of UTF-8; counts only if in doubt. */
  public boolean isLargerThan(long bytes) {
    return 3L * json.length() > bytes && bodyBytes() > bytes;
  }

  private int countBytes() {
    var bytes = json.length();
    for (var i = 0; i < json.length(); i++) {
      var c = json.charAt(i);
      // A pair of surrogates is two characters and four bytes.
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }

  /** Its attachments by name. */
  public Map<String, AttachmentWrite> attachments() {
    return java.util.Collections.unmodifiableMap(attachments);
  }
}
