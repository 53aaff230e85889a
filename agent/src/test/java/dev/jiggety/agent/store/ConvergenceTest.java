package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Stores that edit on their own and exchange at random end up the same. */
class ConvergenceTest {

  private static final int DOCUMENTS = 4;

  /** What a replicator does, without a network: changes, revs_diff, the missing revisions. */
  private static void replicate(DocumentStore source, DocumentStore target, long since) {
    var offered = new LinkedHashMap<String, List<Revision>>();
    try (var changes = source.changes(ChangesQuery.since(since))) {
      changes.forEachRemaining(change -> offered.put(change.id(), change.leaves()));
    }
    var writes = new ArrayList<DocumentWrite>();
    for (var missing : target.revsDiff(offered).entrySet()) {
      for (var rev : missing.getValue().missing()) {
        var document = source.get(missing.getKey(), rev).orElseThrow();
        writes.add(DocumentWrite.fromJson(source.toJson(document, DocumentForm.REPLICATION)));
      }
    }
    assertThat(target.bulk(writes, false))
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Stored.class));
  }

  private static void edit(DocumentStore store, Random random) {
    var id = "doc" + random.nextInt(DOCUMENTS);
    var body = new JsonObject();
    body.addProperty("n", random.nextInt(3));
    var leaves = store.leaves(id);
    if (leaves.isEmpty() || (leaves.getFirst().deleted() && random.nextBoolean())) {
      store.put(id, body, Optional.empty());
    } else {
      var leaf = leaves.get(random.nextInt(leaves.size())).rev();
      if (random.nextInt(4) == 0) {
        store.delete(id, leaf);
      } else {
        store.put(id, body, Optional.of(leaf));
      }
    }
  }

  private static Map<String, String> content(DocumentStore store) {
    var content = new LinkedHashMap<String, String>();
    for (var i = 0; i < DOCUMENTS; i++) {
      for (var leaf : store.leaves("doc" + i)) {
        content.put(leaf.id() + " " + leaf.rev(), leaf.deleted() + leaf.bodyText());
      }
      store
          .get("doc" + i)
          .ifPresent(winner -> content.put(winner.id() + " winner", winner.rev().toString()));
    }
    return content;
  }

  @Property(tries = 25)
  void storesThatExchangeEndUpTheSame(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int count) throws IOException {
    var random = new Random(seed);
    var folder = Files.createTempDirectory("converge");
    var stores = new ArrayList<DocumentStore>();
    try {
      for (var i = 0; i < count; i++) {
        stores.add(
            DocumentStore.open(folder.resolve("s" + i + ".sqlite"), StoreOptions.defaults()));
      }
      for (var step = 0; step < 60; step++) {
        var store = stores.get(random.nextInt(count));
        switch (random.nextInt(10)) {
          case 0, 1 -> replicate(store, stores.get(random.nextInt(count)), 0);
          case 2 -> store.compact();
          default -> edit(store, random);
        }
      }
      exchangeAll(stores);

      var expected = content(stores.getFirst());
      assertThat(expected).isNotEmpty();
      var sequences = stores.stream().map(store -> store.info().updateSeq()).toList();
      assertThat(stores).allSatisfy(store -> assertThat(content(store)).isEqualTo(expected));
      assertThat(stores)
          .allSatisfy(store ->
              assertThat(store.info().docCount() + store.info().deletedCount())
                  .isEqualTo(
                      expected.keySet().stream().filter(key -> key.endsWith("winner")).count()));

      exchangeAll(stores);
      assertThat(stores.stream().map(store -> store.info().updateSeq()).toList())
          .as("hearing it all again changes nothing")
          .isEqualTo(sequences);
    } finally {
      stores.forEach(DocumentStore::close);
      deleteAll(folder);
    }
  }

  private static void exchangeAll(List<DocumentStore> stores) {
    for (var round = 0; round < stores.size(); round++) {
      for (var source : stores) {
        for (var target : stores) {
          replicate(source, target, 0);
        }
      }
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
