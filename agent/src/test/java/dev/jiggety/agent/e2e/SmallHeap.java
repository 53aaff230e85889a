package dev.jiggety.agent.e2e;

import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.MemoryQuarantine;
import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.store.AttachmentContent;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/** A process of little memory that pushes a large attachment to a hub and pulls it back. */
final class SmallHeap {
  private SmallHeap() {}

  /** Takes the hub's address, a folder, and the attachment's size in bytes. */
  static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[1]);
    var file = folder.resolve("content");
    write(file, Integer.parseInt(arguments[2]));
    var content = AttachmentContent.of(file);
    var address = HubAddress.parse(arguments[0], Optional.empty());
    var options = StoreOptions.defaults();
    try (var hub = Hub.open(address, HubOptions.DEFAULT);
        var from = DocumentStore.open(folder.resolve("from.sqlite"), options);
        var to = DocumentStore.open(folder.resolve("to.sqlite"), options)) {
      hub.database("large").create();
      attach(from, content);
      replicate(new StorePeer(from), new HttpPeer(hub.database("large")));
      hub.database("copy").create();
      replicate(new HttpPeer(hub.database("large")), new HttpPeer(hub.database("copy")));
      replicate(new HttpPeer(hub.database("copy")), new StorePeer(to));
      var arrived = to.get("large").orElseThrow().attachments().getFirst();
      var copy = folder.resolve("arrived");
      try (var in = to.attachment(arrived.digest()).orElseThrow()) {
        Files.copy(in, copy);
      }
      System.out.println("expected " + content.digest());
      System.out.println("arrived " + AttachmentContent.of(copy).digest());
    }
  }

  private static void attach(DocumentStore store, AttachmentContent content) {
    var write = DocumentWrite.edit("large", new JsonObject(), Optional.empty());
    var type = "application/octet-stream";
    store.put(write.withAttachment(AttachmentWrite.of("content", type, content)));
  }

  private static void write(Path file, int bytes) throws IOException {
    var random = new Random(9);
    var piece = new byte[1 << 20];
    try (var out = Files.newOutputStream(file)) {
      for (var left = bytes; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        out.write(piece, 0, Math.min(left, piece.length));
      }
    }
  }

  private static void replicate(Peer source, Peer target) throws InterruptedException {
    new Replicator(
            source,
            target,
            ReplicationOptions.defaults(),
            id -> new MemoryQuarantine(),
            refused -> {
              throw new IllegalStateException(refused.reason());
            },
            InstantSource.system(),
            new Random(1))
        .run();
  }
}
