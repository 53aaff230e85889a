package dev.jiggety.agent.manager;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** The surroundings of one part of a manager: a hub and a queue in memory where nothing fails. */
final class PartsFixture {
  final ManagerWorld world = new ManagerWorld(1);
  final SimManager process = world.managers.getFirst();
  final Context context =
      new Context(
          process.ports,
          process.loop,
          world.key,
          new Beliefs(new SimMemory(), world.key.trusted(), List.of(), 0),
          new Notices(),
          new Random(1),
          () -> false);
  final Ledger ledger = new Ledger(context);
  final Patches patches = new Patches(context);
  final Roster roster = new Roster();

  /** With the keys of the operator and of the manager. */
  Configuration configuration(Change.Put... more) {
    SortedMap<String, Content> documents = new TreeMap<>();
    for (TrustedKey key : List.of(world.ada.trusted(), world.key.trusted())) {
      documents.put(Ids.key(key.id()), Contents.of(KeyDocument.TYPE.write(key)));
    }
    for (Change.Put put : more) {
      documents.put(put.target(), put.content());
    }
    return new Configuration(documents);
  }

  InForce inForce(Configuration confirmed) {
    return new InForce(context, patches, head(confirmed), confirmed);
  }

  Head head(Configuration configuration) {
    return Heads.first(Digests.of(configuration), 1, world.now, HeadWriter.terms(0));
  }

  Places places() {
    return new Places(context, ledger, process.ports.board().line());
  }

  /** A patch of the operator, as it stands on the hub. */
  Patch handIn(String id, Change... changes) {
    return handIn(id, world.ada, changes);
  }

  Patch handIn(String id, SigningKey key, Change... changes) {
    Patch patch =
        new Patch(
            id,
            key.trusted().name(),
            world.now,
            "",
            StrategyChoice.SWIFT,
            world.now.plus(Duration.ofHours(1)),
            List.of(changes));
    world.hub.put(world.hub.patches, Signatures.sign(PatchDocument.TYPE.write(patch), key), 0);
    return patch;
  }
}
