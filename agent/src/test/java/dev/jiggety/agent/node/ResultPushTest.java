package dev.jiggety.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultPushTest {
  @TempDir Path folder;

  @Test
  void weeksThatAreOverAndSentAreDropped() {
    HubAddress nowhere = HubAddress.parse("http://127.0.0.1:9", Optional.empty());
    try (Databases databases = Databases.open(folder, Databases.Options.defaults());
        Hub hub = Hub.open(nowhere, HubOptions.DEFAULT)) {
      databases.findOrCreate("jiggety-config");
      databases.findOrCreate("jiggety-live-2026w40");
      databases.findOrCreate("jiggety-live-2026w41");
      databases.findOrCreate("jiggety-live-2026w47");
      databases.findOrCreate("jiggety-archive-2026-10");
      databases.findOrCreate("jiggety-archive-2026-11");
      InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-18T10:00:00Z"));
      try (ResultPush push = new ResultPush(databases, hub, DatabaseNames.DEFAULT, clock)) {
        push.dropOld(name -> !name.equals("jiggety-live-2026w41"));
        assertThat(databases.list())
            .containsExactly(
                "jiggety-archive-2026-11",
                "jiggety-config",
                "jiggety-live-2026w41",
                "jiggety-live-2026w47");
        assertThat(push.hasAllPacks()).as("the hub was never there, but nothing waits").isTrue();
        assertThat(push.isConnected()).isFalse();
      }
    }
  }
}
