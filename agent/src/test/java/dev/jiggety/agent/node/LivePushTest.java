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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePushTest {
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
      InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-18T10:00:00Z"));
      try (LivePush push = new LivePush(databases, hub, DatabaseNames.DEFAULT, clock)) {
        push.dropOld(Set.of("jiggety-live-2026w41"));
        assertThat(databases.list())
            .containsExactly("jiggety-config", "jiggety-live-2026w41", "jiggety-live-2026w47");
        assertThat(push.isConnected()).isFalse();
      }
    }
  }
}
