package dev.jiggety.desktop.view.connect;

import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketFile;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.ActsFile;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.desktop.session.IncidentDesk;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.PatchDesk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.system.Vault;
import dev.jiggety.repository.HubException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the screen for choosing a hub shows and does. FX thread only. */
public final class ConnectViewModel {
  /** A test that there is not. */
  private static final String NO_TEST = "-";

  private final Desk desk;
  private final HubConnector connector;
  private final SettingsFile settings;
  private final OperatorKeys keys;
  private final Passwords passwords;
  private final Authorities authorities;
  private final Consumer<Session> connected;
  private final ObservableList<KnownHub> hubs = FXCollections.observableArrayList();
  private final StringProperty url = new SimpleStringProperty("");
  private final StringProperty user = new SimpleStringProperty("");
  private final StringProperty password = new SimpleStringProperty("");
  private final BooleanProperty remember = new SimpleBooleanProperty(true);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private int attempt;

  /**
   * The choice of a hub.
   *
   * @param connected is given the session once the hub has answered
   */
  public ConnectViewModel(
      Desk desk,
      HubConnector connector,
      SettingsFile settings,
      OperatorKeys keys,
      Consumer<Session> connected) {
    this(desk, connector, settings, keys, Vault.NONE, connected);
  }

  /**
   * The choice of a hub, with passwords that are kept.
   *
   * @param vault where they are
   */
  public ConnectViewModel(
      Desk desk,
      HubConnector connector,
      SettingsFile settings,
      OperatorKeys keys,
      Vault vault,
      Consumer<Session> connected) {
    this.passwords = new Passwords(desk.tasks(), vault);
    this.authorities =
        new Authorities(desk.tasks(), connector, settings.path().resolveSibling("certificates"));
    this.desk = desk;
    this.connector = connector;
    this.settings = settings;
    this.keys = keys;
    this.connected = connected;
    refill();
    if (!hubs.isEmpty()) {
      choose(hubs.getFirst());
    }
  }

  /** The hubs that are remembered, the last one first. */
  public ObservableList<KnownHub> hubs() {
    return hubs;
  }

  public StringProperty urlProperty() {
    return url;
  }

  public StringProperty userProperty() {
    return user;
  }

  /** What is typed as the password. Emptied as soon as it was used. */
  public StringProperty passwordProperty() {
    return password;
  }

  /** Passwords that are kept. */
  Passwords passwords() {
    return passwords;
  }

  /** Whom TLS believes. */
  Authorities authorities() {
    return authorities;
  }

  /** Believes the authority whose fingerprint is shown, and connects. */
  void believe() {
    authorities.believe(this::connect, e -> problem.set(String.valueOf(e.getMessage())));
  }

  /** Whether address and user are remembered. */
  public BooleanProperty rememberProperty() {
    return remember;
  }

  /** One line that says what is wrong; empty when nothing is. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether a hub is being asked. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Fills the fields with a hub that is remembered. */
  public void choose(KnownHub hub) {
    url.set(hub.url());
    user.set(hub.user());
    password.set("");
    problem.set("");
    authorities.reset();
    authorities.fileProperty().set(hub.authority());
    passwords.look(hub);
  }

  /** Fills the fields with a hub that is remembered, and connects where nothing more is needed. */
  public void connect(KnownHub hub) {
    cancel();
    choose(hub);
    if (hub.user().isEmpty()) {
      connect();
      return;
    }
    // The password may be known; where it is not, the field for it is there to be filled.
    int mine = attempt;
    passwords.look(
        hub,
        kept -> {
          if (kept && mine == attempt) {
            connect();
          }
        });
  }

  /** Fills the fields and connects. */
  public void connect(String address, Optional<Credentials> login) {
    passwords.leave(); // the tick was about another hub
    authorities.fileProperty().set("");
    url.set(address);
    user.set(login.map(Credentials::user).orElse(""));
    password.set(login.map(it -> it.password().reveal()).orElse(""));
    connect();
  }

  /** Connects to a hub that needs no user, and does not remember it. */
  public void connectOnce(String address) {
    boolean wanted = remember.get();
    remember.set(false);
    connect(address, Optional.empty());
    remember.set(wanted);
  }

  /** Goes where nothing is there yet to connect to. */
  void welcome() {
    cancel();
    desk.navigator().welcome();
  }

  /** Asks the hub; the answer comes later. */
  public void connect() {
    if (busy.get()) {
      return;
    }
    if (url.get().contains("@")) {
      problem.set(desk.texts().get("connect.noUserInfo"));
      return;
    }
    String name = user.get().strip();
    if (passwords.wantsPassphrase()) {
      problem.set(desk.texts().get("connect.needsPassphrase"));
      return;
    }
    try {
      List<HubAddress> hubs = HubAddress.parseAll(url.get(), Optional.empty());
      String all = hubs.stream().map(HubAddress::toString).collect(Collectors.joining(", "));
      ask(new KnownHub(all, name, authorities.file(hubs.getFirst(), known(all))));
    } catch (IllegalArgumentException e) {
      problem.set(e.getMessage());
    }
  }

  private Optional<KnownHub> known(String hub) {
    return settings.get().hubs().stream().filter(it -> it.url().equals(hub)).findFirst();
  }

  /** Forgets the answer that is still awaited. */
  public void cancel() {
    attempt++;
    busy.set(false);
  }

  private void ask(KnownHub hub) {
    int mine = ++attempt;
    busy.set(true);
    problem.set("");
    authorities.reset();
    Secret typed = Secret.of(password.get());
    Passwords.Wish wish = passwords.wish();
    boolean toRemember = remember.get();
    desk.tasks()
        .create(() -> open(hub, typed, wish, toRemember))
        .called(desk.texts().get("connect.working", hub.url()))
        .onSuccess(opened -> {
          if (mine == attempt) {
            begin(hub, opened);
          } else {
            desk.tasks().create(() -> close(opened.connection())).start();
          }
        })
        .onError(HubException.class, e -> fail(mine, hub, e))
        .onError(IOException.class, e -> fail(mine, e))
        .onError(IllegalArgumentException.class, e -> fail(mine, e))
        .onFinally(() -> {
          if (mine == attempt) {
            busy.set(false);
          }
        })
        .start();
  }

  /**
   * A hub that has answered, and what lay in its basket.
   *
   * @param unkept why the password was not kept
   */
  private record Opened(
      HubConnection connection, BasketFile file, BasketState basket, Optional<String> unkept) {}

  /** Opens and asks once, so that a wrong password is found here and not later. */
  private Opened open(KnownHub hub, Secret typed, Passwords.Wish wish, boolean toRemember)
      throws IOException {
    Secret secret = passwords.password(wish, hub, typed);
    Optional<Credentials> login =
        hub.user().isEmpty()
            ? Optional.empty()
            : Optional.of(Credentials.of(hub.user(), secret.reveal()));
    HubConnection connection = connector.open(HubAddress.parseAll(hub.url(), login), hub.trust());
    try {
      // Whether we may read at all; all of it comes by the feed, once.
      connection.tests().find(NO_TEST);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    if (toRemember) {
      settings.change(known -> known.withHub(hub));
    }
    BasketFile file = new BasketFile(settings.path().resolveSibling("baskets"), hub.url());
    return new Opened(connection, file, file.read(), passwords.settle(wish, hub, secret));
  }

  private static boolean close(HubConnection connection) {
    connection.close();
    return true;
  }

  private void begin(KnownHub hub, Opened opened) {
    password.set("");
    passwords.used();
    opened
        .unkept()
        .ifPresent(
            why -> desk.dialogs().say(Tone.WARNING, desk.texts().get("connect.unkept", why)));
    refill();
    HubConnection connection = opened.connection();
    IncidentFeed incidents =
        new IncidentFeed(connection.incidents(), desk.clock(), desk.tasks(), desk.ticker());
    AtomicReference<BasketState> newest = new AtomicReference<>(opened.basket());
    Basket basket =
        new Basket(
            opened.basket(),
            state -> {
              newest.set(state);
              keep(opened.file(), newest::get);
            });
    connected.accept(
        new Session(
            hub,
            connection,
            new LiveFeed(connection.feed(), desk.clock(), desk.tasks(), desk.ticker()),
            new PatchFeed(connection.patches(), desk.clock(), desk.tasks(), desk.ticker()),
            incidents,
            basket,
            new PatchDesk(
                desk.tasks(), connection.patches(), keys, basket, desk.clock(), new SecureRandom()),
            new IncidentDesk(
                desk.tasks(),
                connection.incidents(),
                incidents,
                () -> speaker(hub),
                desk.clock(),
                new SecureRandom(),
                new ActsFile(settings.path().resolveSibling("baskets"), hub.url(), hub.user()),
                desk.ticker())));
  }

  /** The hub sees to it that everybody speaks under the own name, where it asks for one. */
  private String speaker(KnownHub hub) {
    return !hub.user().isEmpty()
        ? hub.user()
        : keys.state() instanceof KeyState.Ready key
            ? key.name()
            : System.getProperty("user.name", "nobody");
  }

  private void keep(BasketFile file, Supplier<BasketState> newest) {
    desk.tasks()
        .create(() -> {
          file.writeNewest(newest);
          return true;
        })
        .start();
  }

  private void fail(int mine, Exception e) {
    if (mine == attempt) {
      problem.set(
          e instanceof Vault.WrongPassphrase
              ? desk.texts().get("connect.wrongPassphrase")
              : String.valueOf(e.getMessage()));
    }
  }

  private void fail(int mine, KnownHub hub, HubException e) {
    if (mine != attempt) {
      return;
    }
    if (e.kind() == HubException.Kind.UNAVAILABLE) {
      authorities.look(hub);
    }
    problem.set(
        switch (e.kind()) {
          case UNAUTHORIZED ->
              desk.texts().get(user.get().isBlank() ? "connect.needsUser" : "connect.refused");
          case MISSING -> desk.texts().get("connect.notProvisioned", hub.url());
          case UNAVAILABLE -> desk.texts().get("connect.unavailable", hub.url(), e.getMessage());
          case REFUSED -> String.valueOf(e.getMessage());
        });
  }

  private void refill() {
    hubs.setAll(settings.get().hubs());
  }
}
