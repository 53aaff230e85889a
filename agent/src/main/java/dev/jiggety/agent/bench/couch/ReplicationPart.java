package dev.jiggety.agent.bench.couch;

import com.google.gson.JsonParser;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Our replicator between a server and a local store on the disk. */
record ReplicationPart(Server server, BenchDatabases databases, CouchScale scale, Path folder) {

  void measure(Figures figures) throws InterruptedException {
    figures.attempt(
        "replication",
        () -> {
          bothWays("warm-up", Math.min(scale.rivalDocuments(), scale.documents()));
          Rates rates = bothWays("replicated", scale.documents());
          figures.add("replication pull", rates.pull(), Figures.PER_SECOND);
          figures.add("replication push", rates.push(), Figures.PER_SECOND);
          return rates;
        });
  }

  private record Rates(double pull, double push) {}

  private Rates bothWays(String name, int documents)
      throws IOException, InterruptedException, NotMeasuredException {
    String source = databases.fill(server, "source", documents);
    String target = databases.create(server, "target");
    try (Hub hub = Hub.open(server.address(), HubOptions.DEFAULT);
        DocumentStore store =
            DocumentStore.open(folder.resolve(name + ".sqlite"), StoreOptions.defaults())) {
      var from = new HttpPeer(hub.database(source));
      var local = new StorePeer(store);
      double pull = rate(documents, from, local, store);
      requireAll(documents, store.info().docCount());
      double push = rate(documents, local, new HttpPeer(hub.database(target)), store);
      String info = server.ask(200, "GET", "/" + target, null).text();
      var arrived = JsonParser.parseString(info).getAsJsonObject().get("doc_count").getAsLong();
      requireAll(documents, arrived);
      return new Rates(pull, push);
    }
  }

  private static double rate(int documents, Peer source, Peer target, DocumentStore store)
      throws InterruptedException {
    var replicator =
        new Replicator(
            source,
            target,
            ReplicationOptions.defaults(),
            id -> new StoreQuarantine(store, id),
            refused -> {
              throw new IllegalStateException("refused: " + refused);
            },
            InstantSource.system(),
            RandomGenerator.getDefault());
    long begun = System.nanoTime();
    replicator.run();
    return documents * 1e9 / (double) (System.nanoTime() - begun);
  }

  private static void requireAll(int documents, long arrived) throws NotMeasuredException {
    if (arrived != documents) {
      throw new NotMeasuredException(arrived + " of " + documents + " documents arrived");
    }
  }
}
