package dev.jiggety.agent.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.agent.slot.SlotState.Followed;
import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.agent.slot.SlotState.KnownBad;
import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotFileTest {
  private static final Instant NOW = Instant.parse("2026-11-18T10:00:00Z");

  @TempDir Path folder;
  private int opened;
  private final Manager manager =
      new Manager(
          NOW,
          IntStream.range(0, 300)
              .mapToObj(i -> Manager.test("t" + i, "old"))
              .toArray(TestDefinition[]::new));

  @Test
  void givesBackWhatWasKept() {
    Kept kept = kept();
    try (SlotFile store = open()) {
      assertThat(store.load()).isEqualTo(Kept.NOTHING);
      store.save(kept);
    }
    try (SlotFile store = open()) {
      assertThat(store.load()).isEqualTo(kept);
      assertThat(store.trouble()).isEmpty();
    }
  }

  @Test
  void aHeadCostsNoNewContents() throws IOException {
    Kept kept = kept();
    try (SlotFile store = open()) {
      store.save(kept);
    }
    long before = Files.size(file());
    try (SlotFile store = open()) {
      store.load();
      for (int i = 0; i < 20; i++) {
        manager.renew();
        store.save(with(kept, new Followed(manager.head, manager.signedHead())));
      }
    }
    assertThat(Files.size(file())).isEqualTo(before);
  }

  @Test
  void contentsThatNobodyNeedsGo() throws SQLException {
    try (SlotFile store = open()) {
      Slot active = kept().active();
      for (int i = 0; i < 30; i++) {
        Change change = manager.put(Manager.test("t1", "new" + i));
        Configuration next =
            ((Digests.Done) Digests.apply(active.configuration(), List.of(change))).configuration();
        Slot standby = new Slot(new Generation("r" + i, 2, Digests.of(next)), next, true);
        store.save(kept(active, standby));
      }
      assertThat(store.count("content")).isEqualTo(active.configuration().documents().size() + 1);
      assertThat(store.count("member")).isEqualTo(2L * active.configuration().documents().size());
    }
  }

  @Test
  void garbageIsSetAsideAndTold() throws IOException {
    try (SlotFile store = open()) {
      store.save(kept());
    }
    Files.writeString(file(), "this is no database at all, and long enough to be one");
    try (SlotFile store = open()) {
      assertThat(store.load()).isEqualTo(Kept.NOTHING);
      assertThat(store.trouble()).contains("damaged").doesNotContain("\n");
      store.save(kept());
    }
    assertThat(folder).isDirectoryContaining("glob:**/slots.db.damaged-*");
    try (SlotFile store = open()) {
      assertThat(store.load()).isEqualTo(kept());
    }
  }

  @Test
  void aTornFileIsSetAsideOrProved() throws IOException {
    try (SlotFile store = open()) {
      store.save(kept());
    }
    byte[] whole = Files.readAllBytes(file());
    for (int cut : List.of(100, 4096, whole.length / 2, whole.length - 1)) {
      Files.write(file(), whole, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
      byte[] torn = java.util.Arrays.copyOf(whole, cut);
      Files.write(file(), torn, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
      try (SlotFile store = open()) {
        Kept found = store.load();
        assertThat(found.active().digest())
            .isEqualTo(Digests.of(found.active().configuration()))
            .isIn(kept().active().digest(), SlotState.NOTHING);
        assertThat(found.equals(kept()) || !store.trouble().isEmpty()).isTrue();
      }
    }
  }

  @Test
  void onAFullDiskWhatWasKeptStays() throws SQLException {
    try (SlotFile store = open()) {
      store.save(kept());
      store.limit(1);
      Configuration large =
          new Manager(
                  NOW,
                  IntStream.range(0, 2000)
                      .mapToObj(i -> Manager.test("u" + i, "x".repeat(200)))
                      .toArray(TestDefinition[]::new))
              .confirmed;
      Slot standby = new Slot(new Generation("r9", 2, Digests.of(large)), large, true);
      assertThatThrownBy(() -> store.save(kept(kept().active(), standby)))
          .isInstanceOf(SlotStoreException.class)
          .hasMessageContaining("make room on the disk");
      assertThat(store.load()).isEqualTo(kept());
      store.limit(0);
      store.save(kept(kept().active(), standby));
    }
    try (SlotFile store = open()) {
      assertThat(store.load().standby()).isNotNull();
    }
  }

  private SlotFile open() {
    return SlotFile.open(file(), () -> NOW.plusMillis(opened++));
  }

  private Path file() {
    return folder.resolve("slots.db");
  }

  private Kept kept() {
    Slot active = new Slot(manager.head.active(), manager.confirmed, true);
    return kept(active, null);
  }

  private Kept kept(Slot active, @org.jspecify.annotations.Nullable Slot standby) {
    return new Kept(
        new Followed(manager.head, manager.signedHead()),
        active,
        standby,
        NOW.plusSeconds(20),
        List.of(new KnownBad("r1", "d1", "it crashed")),
        "r2",
        new Trial("r2", "d2", 1),
        77_000,
        List.of(manager.manager.trusted()));
  }

  private static Kept with(Kept kept, Followed head) {
    return new Kept(
        head,
        kept.active(),
        kept.standby(),
        kept.confirmBy(),
        kept.knownBad(),
        kept.canaryOf(),
        kept.trial(),
        kept.reserved(),
        kept.pins());
  }
}
