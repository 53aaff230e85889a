package dev.jiggety.agent.store.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CouchDB's advice that comes with an answer. */
final class Warnings {
  private static final double MOST_DOCUMENTS_A_RESULT = 10;

  private Warnings() {}

  /** The advice, in one text. */
  static Optional<String> of(FindRequest request, MangoIndex index, long documents, long results) {
    var warnings = new ArrayList<String>();
    if (!request.useIndex().isEmpty() && !isNamed(request.useIndex(), index)) {
      warnings.add(
          name(request.useIndex())
              + (request.useIndex().size() == 1
                  ? " was not used because it does not contain a valid index for this query."
                  : " was not used because it is not a valid index for this query."));
    }
    if (index.isSpecial()) {
      warnings.add("No matching index found, create an index to optimize query time.");
    }
    if ((double) documents / Math.max(1, results) > MOST_DOCUMENTS_A_RESULT) {
      warnings.add(
          "The number of documents examined is high in proportion to the number of results"
              + " returned. Consider adding a more specific index to improve this.");
    }
    return warnings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", warnings));
  }

  private static boolean isNamed(List<String> names, MangoIndex index) {
    return name(names.subList(0, 1)).equals(index.designId())
        && (names.size() == 1 || names.get(1).equals(index.name()));
  }

  /** A design document, or one and the name of an index in it, as CouchDB names them. */
  static String name(List<String> names) {
    var design = names.getFirst();
    var id = design.startsWith("_design/") ? design : "_design/" + design;
    return names.size() == 1 ? id : id + ", " + names.get(1);
  }
}
