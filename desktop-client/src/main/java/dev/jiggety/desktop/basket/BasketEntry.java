package dev.jiggety.desktop.basket;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Problem;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of one document that waits to be submitted. It keeps the whole document that it was made
 * against and not only its digest, so that a conflict can be shown field by field.
 *
 * @param target the document, like {@code test:shop}
 * @param base what was edited, as it stood; null where there was nothing
 * @param wanted what it shall say; null to remove it
 * @param since when it was put into the basket
 */
public record BasketEntry(
    String target, @Nullable JsonObject base, @Nullable JsonObject wanted, Instant since) {
  private static final String TEST = Ids.test("");

  /** What kind of change it is. */
  public enum Kind {
    CREATE,
    CHANGE,
    DELETE
  }

  /** How it stands to what is in force. */
  public enum Standing {
    /** It was made against what is in force. */
    FITS,
    /** What it wants is in force already. */
    IN_FORCE,
    /** Somebody changed the document. */
    CHANGED,
    /** Somebody removed it. */
    GONE,
    /** Somebody made one of that name. */
    EXISTS;

    /** Whether a person has to decide. */
    public boolean isConflict() {
      return this == CHANGED || this == GONE || this == EXISTS;
    }
  }

  public BasketEntry {
    if (base == null && wanted == null) {
      throw new IllegalArgumentException(target + ": neither there before nor wanted");
    }
    base = plain(base);
    wanted = plain(wanted);
  }

  /**
   * The edit of a test, or a new one.
   *
   * @param before the document that was edited; null for a new test
   */
  public static BasketEntry put(TestDefinition test, @Nullable JsonObject before, Instant now) {
    JsonObject wanted =
        before == null ? TestDocument.TYPE.write(test) : TestDocument.TYPE.write(test, before);
    return new BasketEntry(Ids.test(test.id()), before, wanted, now);
  }

  /** The removal of a document. */
  public static BasketEntry delete(JsonObject before, Instant now) {
    return new BasketEntry(before.get("_id").getAsString(), before, null, now);
  }

  /** What kind of change it is. */
  public Kind kind() {
    return base == null ? Kind.CREATE : wanted == null ? Kind.DELETE : Kind.CHANGE;
  }

  /** The digest of what was edited; null where there was nothing. */
  public @Nullable String baseDigest() {
    return digest(base);
  }

  /** Whether it would change anything at all. */
  public boolean isEmpty() {
    return Objects.equals(digest(base), digest(wanted));
  }

  /** It as a part of a patch. */
  public Change change() {
    return wanted == null
        ? new Change.Delete(target, Objects.requireNonNull(digest(base)))
        : new Change.Put(target, Contents.of(wanted), digest(base));
  }

  /** What people call the thing: its name where it has one. */
  public String name() {
    JsonObject document = wanted != null ? wanted : Objects.requireNonNull(base);
    return document.get("name") instanceof JsonPrimitive name && !name.getAsString().isBlank()
        ? name.getAsString()
        : target;
  }

  /** The test as it shall be; empty for a removal, and where it is no test or cannot be read. */
  public Optional<TestDefinition> wantedTest() {
    return read(target, wanted);
  }

  /** The test as it was edited; empty for a new one, and where it is no test. */
  public Optional<TestDefinition> baseTest() {
    return read(target, base);
  }

  /** What is wrong with what it wants, which no manager would let pass; empty for nothing. */
  public List<Problem> problems() {
    if (wanted == null) {
      return List.of();
    }
    if (!target.startsWith(TEST)) {
      return ConfigurationRules.problems(target, Contents.of(wanted)).stream()
          .map(this::inside)
          .toList();
    }
    try {
      return TestRules.problems(TestDocument.TYPE.read(wanted));
    } catch (DocumentException e) {
      return e.problems();
    }
  }

  /** A place inside the document instead of one inside the configuration. */
  private Problem inside(Problem problem) {
    String place = problem.place();
    return place.startsWith(target + ".")
        ? new Problem(place.substring(target.length() + 1), problem.message())
        : problem;
  }

  /**
   * How it stands.
   *
   * @param now the document in force; null where there is none
   */
  public Standing against(@Nullable JsonObject now) {
    String found = digest(now);
    if (Objects.equals(found, digest(wanted))) {
      return Standing.IN_FORCE;
    }
    if (found == null) {
      return base == null ? Standing.FITS : Standing.GONE;
    }
    return base == null
        ? Standing.EXISTS
        : found.equals(digest(base)) ? Standing.FITS : Standing.CHANGED;
  }

  private static Optional<TestDefinition> read(String target, @Nullable JsonObject document) {
    if (document == null || !target.startsWith(TEST)) {
      return Optional.empty();
    }
    try {
      return Optional.of(TestDocument.TYPE.read(document));
    } catch (DocumentException e) {
      return Optional.empty(); // a newer version's, or broken; problems() says what
    }
  }

  private static @Nullable String digest(@Nullable JsonObject document) {
    return document == null ? null : Contents.of(document).digest();
  }

  private static @Nullable JsonObject plain(@Nullable JsonObject document) {
    return document == null ? null : Contents.document(Contents.of(document));
  }
}
