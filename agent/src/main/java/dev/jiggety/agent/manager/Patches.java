package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Patches as they were handed in, some of them at hand. */
final class Patches {
  /** The largest patch that is taken, in characters. */
  static final int LARGEST = 6_000_000;

  /** How much is kept at hand, in characters. */
  private static final long MOST = 40_000_000;

  private final Context context;
  private final Map<String, Handed> known = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  /**
   * A patch with its signature.
   *
   * @param size of its document, in characters
   */
  record Handed(JsonObject document, int size) {}

  Patches(Context context) {
    this.context = context;
  }

  /** Keeps it at hand. */
  Handed keep(String patchId, JsonObject document) {
    Handed handed = new Handed(document, document.toString().length());
    Handed before = known.put(patchId, handed);
    size += handed.size() - (before == null ? 0 : before.size());
    for (String oldest : new ArrayList<>(known.keySet())) {
      if (size <= MOST || oldest.equals(patchId)) {
        break;
      }
      forget(oldest);
    }
    return handed;
  }

  void forget(String patchId) {
    Handed before = known.remove(patchId);
    size -= before == null ? 0 : before.size();
  }

  /** The patch; empty where there is none on the hub. */
  Optional<Handed> get(String patchId) {
    Handed handed = known.get(patchId);
    return handed != null
        ? Optional.of(handed)
        : context.ports().board().patch(patchId).map(document -> keep(patchId, document));
  }

  /** All of them, in that order; those that are gone are left out. */
  List<JsonObject> documents(List<String> patchIds) {
    return patchIds.stream()
        .map(this::get)
        .flatMap(Optional::stream)
        .map(Handed::document)
        .toList();
  }
}
