package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a document as it was at one moment. Immutable; body and history are parsed only
 * when asked for.
 */
public final class StoredDocument {

  private final String id;
  private final long seq;
  private final RevisionTree.Node node;
  private final TreeSource tree;
  private final String json;
  private final @Nullable String attachments;

  /** The document's tree, decoded at most once. */
  static final class TreeSource {
    private final RevisionTree.Node winner;
    private final @Nullable String text;
    private volatile @Nullable RevisionTree tree;

    /** A tree as its row has it; no text = the winner is all there is. */
    TreeSource(RevisionTree.Node winner, @Nullable String text) {
      this.winner = winner;
      this.text = text;
    }

    RevisionTree get() {
      var known = tree;
      if (known == null) {
        known = text == null ? RevisionTree.of(List.of(winner)) : RevisionTreeText.read(text);
        tree = known;
      }
      return known;
    }

    /** This revision and those it grew out of, newest first. */
    List<Revision> history(Revision rev) {
      return isOne() ? List.of(winner.rev()) : get().history(rev);
    }

    /** The revisions that are leaves, the winner first. */
    List<Revision> leaves() {
      return isOne()
          ? List.of(winner.rev())
          : get().leaves().stream().map(RevisionTree.Node::rev).toList();
    }

    /** Nearly all trees are such; nothing needs to be made of them. */
    private boolean isOne() {
      return text == null;
    }
  }

  StoredDocument(
      String id,
      long seq,
      RevisionTree.Node node,
      TreeSource tree,
      String json,
      @Nullable String attachments) {
    this.id = id;
    this.seq = seq;
    this.node = node;
    this.tree = tree;
    this.json = json;
    this.attachments = attachments;
  }

  /** The document's id. */
  public String id() {
    return id;
  }

  /** Which version this is. */
  public Revision rev() {
    return node.rev();
  }

  /** Whether this version is a tombstone. */
  public boolean deleted() {
    return node.deleted();
  }

  /** Sequence of the document's latest change. */
  public long seq() {
    return seq;
  }

  /** The members that do not begin with an underscore; parsed anew at each call. */
  public JsonObject body() {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  /** {@link #body} as it is stored: the text of a JSON object. */
  public String bodyText() {
    return json;
  }

  /** Its attachments, without contents, by name. */
  public List<StoredAttachment> attachments() {
    return AttachmentList.read(attachments);
  }

  /** This revision and those it grew out of, newest first. */
  public List<Revision> history() {
    return tree.history(node.rev());
  }

  /** All that is known of the document's history. */
  public RevisionTree tree() {
    return tree.get();
  }

  /** The other leaves that are not deleted, the best first. */
  public List<Revision> conflicts() {
    return otherLeaves(false);
  }

  /** The other leaves that are deleted, the best first. */
  public List<Revision> deletedConflicts() {
    return otherLeaves(true);
  }

  private List<Revision> otherLeaves(boolean deleted) {
    return tree.get().leaves().stream()
        .filter(leaf -> leaf.deleted() == deleted && !leaf.rev().equals(node.rev()))
        .map(RevisionTree.Node::rev)
        .toList();
  }

  /** Whether the document has any attachment; cheaper than the list. */
  public boolean hasAttachments() {
    return attachments != null;
  }

  @Override
  public String toString() {
    return id + " " + node.rev() + (deleted() ? " deleted" : "");
  }
}
