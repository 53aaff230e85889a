package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tests are in force or are tried next, as far as the head of a manager proves it: what
 * somebody has put into a hub by the back door makes nobody a recipient. Pure.
 */
final class Proven {
  private Proven() {}

  /**
   * The tests of all that nodes run or try now; empty as long as the documents do not give what the
   * head says, as in the middle of a change.
   *
   * @param documents the configuration and what stands beside it
   * @param trust whose heads count
   */
  static Optional<List<TestDefinition>> tests(
      SortedMap<String, JsonObject> documents, Trust trust) {
    JsonObject signed = documents.get(Ids.head());
    if (signed == null) {
      return Optional.empty();
    }
    Head head;
    try {
      Signatures.check(signed, trust, Role.MANAGER);
      head = HeadDocument.TYPE.read(signed);
    } catch (SignatureException | DocumentException e) {
      return Optional.empty();
    }
    List<Configuration> known = new ArrayList<>(List.of(configuration(documents)));
    candidate(known.getFirst(), documents.get(Ids.candidate())).ifPresent(known::add);
    Map<String, Configuration> byDigest = new LinkedHashMap<>();
    known.forEach(it -> byDigest.put(Digests.of(it), it));
    if (!byDigest.containsKey(head.digest()) && !isKnown(byDigest, head.previous())) {
      return Optional.empty();
    }
    Generation previous = head.phase() == Head.Phase.STEADY ? null : head.previous();
    return Optional.of(
        Stream.of(head.active(), head.candidate(), previous)
            .filter(Objects::nonNull)
            .flatMap(it -> Optional.ofNullable(byDigest.get(it.digest())).stream())
            .distinct()
            .flatMap(Proven::tests)
            .toList());
  }

  private static boolean isKnown(
      Map<String, Configuration> byDigest, @Nullable Generation generation) {
    return generation != null && byDigest.containsKey(generation.digest());
  }

  private static Configuration configuration(SortedMap<String, JsonObject> documents) {
    SortedMap<String, Content> contents = new TreeMap<>();
    documents.forEach((id, document) -> {
      if (Ids.isOfConfiguration(id)) {
        contents.put(id, Contents.of(document));
      }
    });
    return new Configuration(contents);
  }

  /** What the candidate makes of it; that it is the right one is told by its digest. */
  private static Optional<Configuration> candidate(
      Configuration base, @Nullable JsonObject document) {
    if (document == null) {
      return Optional.empty();
    }
    try {
      Candidate candidate = CandidateDocument.TYPE.read(document);
      List<Change> changes = new ArrayList<>();
      candidate
          .patches()
          .forEach(patch -> changes.addAll(PatchDocument.TYPE.read(patch).changes()));
      return Digests.apply(base, changes) instanceof Digests.Done(Configuration made)
          ? Optional.of(made)
          : Optional.empty();
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  private static Stream<TestDefinition> tests(Configuration configuration) {
    return configuration.documents().tailMap(Ids.test("")).entrySet().stream()
        .takeWhile(it -> it.getKey().startsWith(Ids.test("")))
        .flatMap(it -> read(it.getValue()).stream());
  }

  private static Optional<TestDefinition> read(Content content) {
    try {
      return Optional.of(TestDocument.TYPE.read(Contents.document(content)));
    } catch (DocumentException e) {
      return Optional.empty(); // nodes cannot run it either
    }
  }
}
