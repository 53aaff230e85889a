package dev.jiggety.model.rules;

import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The proof of what is in force, and what changes do to it. */
public final class Digests {
  private Digests() {}

  /** The content with its digest; the text must be canonical, see {@code document.Contents}. */
  public static Content content(String canonicalText) {
    return new Content(canonicalText, sha256(canonicalText));
  }

  /**
   * The digest of all that is in force: over a line for each document, its id, a blank and the
   * digest of its content, sorted by id. The order in which documents came makes no difference, and
   * who has the digests of the contents need not read the contents again.
   */
  public static String of(Configuration configuration) {
    StringBuilder lines = new StringBuilder();
    configuration
        .documents()
        .forEach(
            (id, content) -> lines.append(id).append(' ').append(content.digest()).append('\n'));
    return sha256(lines.toString());
  }

  /** What comes of changes. */
  public sealed interface Applied {}

  /** All of them could be made. */
  public record Done(Configuration configuration) implements Applied {}

  /** At least one of them could not; none is made. */
  public record Conflicts(List<EditConflict> conflicts) implements Applied {
    public Conflicts {
      conflicts = List.copyOf(conflicts);
    }
  }

  /**
   * An edit that does not fit what is in force.
   *
   * @param target the document
   * @param kind what happened to it in between
   * @param base the digest that the edit was made against; null for a new document
   * @param found the digest in force; null where it is gone
   */
  public record EditConflict(
      String target, Kind kind, @Nullable String base, @Nullable String found) {
    /** What happened in between. */
    public enum Kind {
      /** Somebody changed it. */
      CHANGED,
      /** Somebody removed it. */
      GONE,
      /** Somebody made one of that name. */
      EXISTS
    }

    /** One line for people. */
    public String text() {
      return switch (kind) {
        case CHANGED -> target + " was changed by somebody else; look at it and edit it again";
        case GONE -> target + " was deleted by somebody else; make it anew or leave it";
        case EXISTS -> target + " was made by somebody else meanwhile; choose another name";
      };
    }
  }

  /**
   * Makes all changes, or none. A change that is in force already is no conflict: submitting twice
   * does no harm.
   */
  public static Applied apply(Configuration configuration, List<Change> changes) {
    SortedMap<String, Content> documents = new TreeMap<>(configuration.documents());
    List<EditConflict> conflicts = new ArrayList<>();
    for (Change change : changes) {
      Content found = documents.get(change.target());
      if (!isInForce(change, found)) {
        EditConflict.Kind kind = conflict(change.base(), found);
        if (kind != null) {
          conflicts.add(
              new EditConflict(
                  change.target(), kind, change.base(), found == null ? null : found.digest()));
        }
        switch (change) {
          case Change.Put put -> documents.put(put.target(), put.content());
          case Change.Delete delete -> documents.remove(delete.target());
        }
      }
    }
    return conflicts.isEmpty() ? new Done(new Configuration(documents)) : new Conflicts(conflicts);
  }

  /**
   * The changes that undo these.
   *
   * @param before what was in force before them
   */
  public static List<Change> reverse(Configuration before, List<Change> changes) {
    List<Change> reverse = new ArrayList<>();
    for (Change change : changes) {
      Content old = before.documents().get(change.target());
      String now =
          switch (change) {
            case Change.Put put -> put.content().digest();
            case Change.Delete _ -> null;
          };
      if (old != null) {
        reverse.add(new Change.Put(change.target(), old, now));
      } else if (now != null) {
        reverse.add(new Change.Delete(change.target(), now));
      }
    }
    return List.copyOf(reverse);
  }

  /** How somebody's copy differs from the truth. */
  public enum Difference {
    /** There and should not be. */
    SURPLUS,
    /** Not there and should be. */
    MISSING,
    /** There and says something else. */
    OTHER
  }

  /** The documents in which two configurations differ: what a wrong digest is about. */
  public static SortedMap<String, Difference> differences(Configuration is, Configuration shall) {
    SortedMap<String, Difference> differences = new TreeMap<>();
    for (Map.Entry<String, Content> document : is.documents().entrySet()) {
      Content wanted = shall.documents().get(document.getKey());
      if (wanted == null) {
        differences.put(document.getKey(), Difference.SURPLUS);
      } else if (!wanted.digest().equals(document.getValue().digest())) {
        differences.put(document.getKey(), Difference.OTHER);
      }
    }
    for (String id : shall.documents().keySet()) {
      if (!is.documents().containsKey(id)) {
        differences.put(id, Difference.MISSING);
      }
    }
    return differences;
  }

  private static boolean isInForce(Change change, @Nullable Content found) {
    return switch (change) {
      case Change.Put put -> found != null && found.digest().equals(put.content().digest());
      case Change.Delete _ -> found == null;
    };
  }

  private static EditConflict.@Nullable Kind conflict(
      @Nullable String base, @Nullable Content found) {
    if (found == null) {
      return base == null ? null : EditConflict.Kind.GONE;
    }
    if (base == null) {
      return EditConflict.Kind.EXISTS;
    }
    return base.equals(found.digest()) ? null : EditConflict.Kind.CHANGED;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
