package dev.jiggety.agent.manager.couch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.manager.ConfigBoard.FoundHead;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two hubs made of the configuration while they could not hear each other. */
class ConflictsTest {
  private static final Heads.Terms TERMS = new Heads.Terms(Duration.ofDays(1), Duration.ZERO);

  @TempDir private Path folder;
  private EmbeddedHub server;
  private Hub hub;
  private HubDatabase config;
  private CouchConfigBoard board;

  @BeforeEach
  void open() {
    server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")).withAdminParty());
    hub = Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    config = hub.database(DatabaseNames.DEFAULT.config());
    board = new CouchConfigBoard(hub, DatabaseNames.DEFAULT);
  }

  @AfterEach
  void close() {
    hub.close();
    server.close();
  }

  @Test
  void theHeadOfWhoTookOverLastIsTheOneAndTheOtherGoes() {
    // The one of the hub that was left wins by its revision: it is the older one all the same.
    leaf(head(7), "2-ffffffffffffffffffffffffffffffff");
    leaf(head(Heads.epochElsewhere(7)), "2-00000000000000000000000000000001");
    assertThat(HeadDocument.TYPE.read(config.get(Ids.head()).ok().orElseThrow()).epoch())
        .isEqualTo(7);

    FoundHead found = board.head();
    assertThat(found.conflicting()).isFalse();
    assertThat(HeadDocument.TYPE.read(found.document()).epoch()).isEqualTo(Heads.epochElsewhere(7));
    assertThat(board.mend(Configuration.EMPTY)).as("it has to be written again").isTrue();
    assertThat(board.swap(head(Heads.epochElsewhere(7) + 1, 3), found)).isTrue();

    JsonObject left = config.getAll(List.of(Ids.head())).ok().orElseThrow().getFirst();
    assertThat(left.has("_conflicts")).isFalse();
    assertThat(HeadDocument.TYPE.read(left).epoch()).isEqualTo(Heads.epochElsewhere(7) + 1);
    assertThat(board.mend(Configuration.EMPTY)).isFalse();
  }

  @Test
  void twoHeadsOfOneEpochAreForPeople() {
    leaf(head(7), "2-ffffffffffffffffffffffffffffffff");
    leaf(head(7), "2-00000000000000000000000000000001");
    assertThat(board.head().conflicting()).isTrue();
  }

  @Test
  void ofTornDocumentsTheOneRemainsThatIsInForce() {
    String id = Ids.test("shop");
    var inForce = Contents.of(Samples.test("shop"));
    JsonObject other = Contents.document(inForce);
    other.addProperty("name", "what was not handed on");
    leaf(Contents.document(inForce), "2-00000000000000000000000000000001");
    leaf(other, "2-ffffffffffffffffffffffffffffffff");
    Configuration shall = new Configuration(new TreeMap<>(Map.of(id, inForce)));
    assertThat(board.swap(head(1), board.head())).isTrue();
    assertThat(board.confirmed()).isNotEqualTo(shall);

    assertThat(board.mend(shall)).isFalse();
    assertThat(board.confirmed()).isEqualTo(shall);
    assertThat(config.getAll(List.of(id)).ok().orElseThrow().getFirst().has("_conflicts"))
        .isFalse();
  }

  private static JsonObject head(long epoch) {
    return head(epoch, 2);
  }

  private static JsonObject head(long epoch, long version) {
    JsonObject head = HeadDocument.TYPE.write(Heads.first("digest", epoch, Instant.now(), TERMS));
    head.addProperty("version", version);
    return head;
  }

  /** A revision as it is replicated, of one ancestor. */
  private void leaf(JsonObject document, String rev) {
    JsonObject leaf = document.deepCopy();
    leaf.addProperty("_rev", rev);
    JsonArray ids = new JsonArray();
    ids.add(rev.substring(2));
    ids.add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    JsonObject revisions = new JsonObject();
    revisions.addProperty("start", 2);
    revisions.add("ids", ids);
    leaf.add("_revisions", revisions);
    assertThat(config.bulkDocs(List.of(leaf), false).isOk()).isTrue();
  }
}
