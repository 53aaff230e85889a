package dev.jiggety.desktop.basket;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Contents.FieldDifference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts an edit on top of what somebody else has put in force meanwhile. Pure. */
public final class Rebase {
  private Rebase() {}

  /** What changed since the edit was begun, and by whom. */
  public static List<FieldDifference> differences(BasketEntry entry, @Nullable JsonObject theirs) {
    return Contents.compare(entry.base(), theirs, entry.wanted());
  }

  /** What an edit changes: the fields in which it differs from what was edited. */
  public static List<FieldDifference> changes(BasketEntry entry) {
    return Contents.compare(entry.base(), entry.base(), entry.wanted());
  }

  /**
   * The edit against what is in force now; empty when nothing is left of it.
   *
   * @param theirs what is in force; null where it is gone: then the edit makes it anew
   * @param mine the places where the edit wins; everywhere else theirs stays
   */
  public static Optional<BasketEntry> onto(
      BasketEntry entry, @Nullable JsonObject theirs, Set<String> mine, Instant now) {
    JsonObject wanted = entry.wanted();
    if (wanted == null) {
      return theirs == null
          ? Optional.empty()
          : Optional.of(new BasketEntry(entry.target(), theirs, null, now));
    }
    if (theirs == null) {
      return Optional.of(new BasketEntry(entry.target(), null, wanted, now));
    }
    JsonObject base = entry.base() == null ? new JsonObject() : entry.base();
    JsonObject merged = merge("", base, Contents.document(Contents.of(theirs)), wanted, mine);
    BasketEntry rebased = new BasketEntry(entry.target(), theirs, merged, now);
    return rebased.isEmpty() ? Optional.empty() : Optional.of(rebased);
  }

  /** Walks the fields as {@link Contents#compare} does, so that the places are the same. */
  private static JsonObject merge(
      String place, JsonObject base, JsonObject theirs, JsonObject mine, Set<String> takeMine) {
    TreeSet<String> names = new TreeSet<>(base.keySet());
    names.addAll(theirs.keySet());
    names.addAll(mine.keySet());
    JsonObject merged = new JsonObject();
    for (String name : names) {
      String at = place.isEmpty() ? name : place + "." + name;
      JsonElement b = base.get(name);
      JsonElement t = theirs.get(name);
      JsonElement m = mine.get(name);
      JsonElement taken;
      if (areObjects(b, t, m)) {
        JsonObject inner = merge(at, object(b), object(t), object(m), takeMine);
        taken = inner.isEmpty() && (t == null || m == null) ? null : inner;
      } else {
        taken = !Objects.equals(t, m) && takeMine.contains(at) ? m : t;
      }
      if (taken != null) {
        merged.add(name, taken.deepCopy());
      }
    }
    return merged;
  }

  /** At least two of them are objects and none is anything else. */
  private static boolean areObjects(@Nullable JsonElement... elements) {
    int objects = 0;
    for (JsonElement element : elements) {
      if (element instanceof JsonObject) {
        objects++;
      } else if (element != null && !element.isJsonNull()) {
        return false;
      }
    }
    return objects >= 2;
  }

  private static JsonObject object(@Nullable JsonElement element) {
    return element instanceof JsonObject object ? object : new JsonObject();
  }
}
