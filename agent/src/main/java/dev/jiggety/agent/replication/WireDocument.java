package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a document as it travels: a JSON object with {@code _id}, {@code _rev}, {@code
 * _revisions}, perhaps {@code _deleted} and {@code _attachments} with contents. It is kept as text
 * or as a tree, whichever the peer had, and turned into the other form only if the other peer asks
 * for it. Immutable: do not change the tree.
 *
 * <p>Where attachments are too large to be held in memory, the JSON has stubs of all of them, and
 * the contents of those that the target lacks are {@link #following}.
 */
public final class WireDocument {
  /** Attachments of a document up to so many bytes in all travel inside it. */
  static final long SMALL = 256 * 1024;

  private final String id;
  private final Revision rev;
  private volatile @Nullable String text;
  private volatile @Nullable JsonObject json;
  private final @Nullable Part part;
  private final List<WireAttachment> following;
  private final @Nullable Supplier<WireDocument> whole;

  /** A document that stands in a longer text, and was taken apart there. */
  private record Part(DocumentWrite write, String whole, int from, int to) {}

  private WireDocument(
      String id,
      Revision rev,
      @Nullable String text,
      @Nullable JsonObject json,
      @Nullable Part part,
      List<WireAttachment> following,
      @Nullable Supplier<WireDocument> whole) {
    this.id = id;
    this.rev = rev;
    this.text = text;
    this.json = json;
    this.part = part;
    this.following = following;
    this.whole = whole;
  }

  /** A document that is there as text. */
  public static WireDocument of(String id, Revision rev, String text) {
    return new WireDocument(id, rev, text, null, null, List.of(), null);
  }

  /**
   * A document that stands in a longer text.
   *
   * @param write what it says, with its history
   */
  static WireDocument of(DocumentWrite write, String whole, int from, int to) {
    var part = new Part(write, whole, from, to);
    return new WireDocument(
        write.id(), write.history().getFirst(), null, null, part, List.of(), null);
  }

  /**
   * A document with stubs in its text.
   *
   * @param following of which the contents go with it
   * @param whole makes the same with the contents of all attachments; null = these are all
   */
  static WireDocument of(
      String id,
      Revision rev,
      String text,
      List<WireAttachment> following,
      @Nullable Supplier<WireDocument> whole) {
    return new WireDocument(id, rev, text, null, null, List.copyOf(following), whole);
  }

  /**
   * A document that is there as a tree.
   *
   * @throws IllegalArgumentException without {@code _id}, or without both {@code _rev} and {@code
   *     _revisions}
   */
  public static WireDocument of(JsonObject json) {
    if (json.get("_id") == null) {
      throw new IllegalArgumentException("a document without _id");
    }
    return new WireDocument(
        json.get("_id").getAsString(), revision(json), null, json, null, List.of(), null);
  }

  private static Revision revision(JsonObject json) {
    if (json.get("_rev") != null) {
      return Revision.parse(json.get("_rev").getAsString());
    }
    if (json.get("_revisions") instanceof JsonObject revisions
        && revisions.get("ids") instanceof JsonArray ids
        && !ids.isEmpty()) {
      return new Revision(revisions.get("start").getAsInt(), ids.get(0).getAsString());
    }
    throw new IllegalArgumentException("a document without _rev and _revisions");
  }

  /** The document's id. */
  public String id() {
    return id;
  }

  /** Which revision it is. */
  public Revision rev() {
    return rev;
  }

  /** The document as JSON text. */
  public String text() {
    var known = text;
    if (known == null) {
      known = part == null ? json().toString() : part.whole.substring(part.from, part.to);
      text = known;
    }
    return known;
  }

  /** Length of the text. */
  int length() {
    return part == null ? text().length() : part.to - part.from;
  }

  /**
   * The document as a store takes it.
   *
   * @throws dev.jiggety.agent.store.InvalidDocumentException what no store takes
   */
  DocumentWrite write() {
    return part == null ? DocumentWrite.fromText(text()) : part.write;
  }

  /** Whether it is known to have no attachments, not even stubs. */
  boolean isPlain() {
    return part != null && part.write.attachments().isEmpty();
  }

  /** The document as a tree. */
  public JsonObject json() {
    var known = json;
    if (known == null) {
      known = JsonParser.parseString(text()).getAsJsonObject();
      json = known;
    }
    return known;
  }

  /** How much of it there is to send, in bytes, about. */
  long bytes() {
    return length() + following.stream().mapToLong(WireAttachment::length).sum();
  }

  /** Attachments of which the contents go with the document, stubs in its JSON; often empty. */
  List<WireAttachment> following() {
    return following;
  }

  /**
   * The same document with the contents of all its attachments, for a target that does not have
   * what stubs refer to; empty where there is nothing more to give.
   */
  Optional<WireDocument> whole() {
    return Optional.ofNullable(whole).map(Supplier::get);
  }

  @Override
  public String toString() {
    return id + " " + rev;
  }
}
