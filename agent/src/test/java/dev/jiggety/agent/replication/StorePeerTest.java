package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StorePeerTest extends PeerContract {
  @TempDir private Path folder;
  private DocumentStore store;

  @Override
  Peer open() {
    store = DocumentStore.open(folder.resolve("store.sqlite"), StoreOptions.defaults());
    return new StorePeer(store);
  }

  @Override
  void close() {
    store.close();
  }
}
