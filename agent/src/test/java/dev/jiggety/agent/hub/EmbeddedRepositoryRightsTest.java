package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubException.Kind;
import dev.jiggety.repository.RepositoryContract;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Samples;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a hub with an administrator, who has the role can do the daily work, and nobody else. */
class EmbeddedRepositoryRightsTest extends RepositoryContract {
  @TempDir static Path folder;
  private static HubFixture hub;

  @BeforeAll
  static void start() {
    hub =
        new HubFixture(
            folder,
            config -> HubFixture.quickPasswords(config).withAdmin("ada", Secret.of("secret")));
    try (Hub admin = open("ada", "secret")) {
      assertThat(admin.database("_users").create().isOk()).isTrue();
      addUser(admin, "paris", HubRole.VIEWER.label());
      addUser(admin, "guest", "reader");
    }
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Override
  protected HubAddress address() {
    return address("ada", "secret");
  }

  @Override
  protected HubAddress userAddress() {
    return address("paris", "secret");
  }

  @Test
  void whoLacksTheRoleMayDoNothingAndIsToldSo() {
    try (Hub guest = open("guest", "secret")) {
      assertThat(guest.database(names().config()).info())
          .isInstanceOfSatisfying(
              Outcome.Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
      var repositories = new CouchRepositories(guest, names());
      refused(() -> repositories.tests().all(), "guest may not read the tests");
      refused(
          () -> repositories.nodes().report(Samples.node("n", NOW)),
          "guest may not report the node");
      refused(
          () -> repositories.results().read(NOW, NOW.plusSeconds(1), batch -> {}),
          "guest may not read results");
    }
  }

  @Test
  void aWrongPasswordIsAMatterOfThePassword() {
    try (Hub wrong = open("paris", "wrong")) {
      var repositories = new CouchRepositories(wrong, names());
      refused(
          () -> repositories.tests().all(), "does not accept the name and password of \"paris\"");
    }
  }

  @Test
  void theRoleMayNeitherMakeDatabasesNorSetRights() {
    try (Hub paris = Hub.open(userAddress(), HubOptions.DEFAULT)) {
      assertThat(paris.database(names().prefix() + "other").create().isOk()).isFalse();
      assertThat(paris.database(names().config()).setSecurity(new JsonObject()).isOk()).isFalse();
      assertThat(paris.database(names().config()).drop().isOk()).isFalse();
    }
  }

  @Test
  void aDatabaseThatWasThereAndIsClosedToTheRoleIsNamed() {
    var onlyAdmins = new JsonObject();
    var members = new JsonObject();
    var roles = new JsonArray();
    roles.add("_admin");
    members.add("roles", roles);
    onlyAdmins.add("members", members);
    assertThat(admin().database(names().status()).setSecurity(onlyAdmins).isOk()).isTrue();
    assertThat(new Provisioner(admin(), names()).provision(NOW).notes())
        .containsExactlyElementsOf(
            Provisioner.members(names().status(), names()).stream()
                .map(HubRole::label)
                .map(role ->
                    "the role %s has no right to %s: add it to the members in its _security"
                        .formatted(role, names().status()))
                .toList());
  }

  private static void refused(Runnable call, String reason) {
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(call::run)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
  }

  private static void addUser(Hub admin, String name, String role) {
    var user = new JsonObject();
    user.addProperty("_id", "org.couchdb.user:" + name);
    user.addProperty("name", name);
    user.addProperty("password", "secret");
    var roles = new JsonArray();
    roles.add(role);
    user.add("roles", roles);
    user.addProperty("type", "user");
    assertThat(admin.database("_users").put(user).inWords()).isEqualTo("done");
  }

  private static Hub open(String name, String password) {
    return Hub.open(address(name, password), HubOptions.DEFAULT);
  }

  private static HubAddress address(String name, String password) {
    return HubAddress.parse(hub.hub.url().toString(), Optional.of(Credentials.of(name, password)));
  }
}
