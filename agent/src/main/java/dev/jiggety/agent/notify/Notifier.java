package dev.jiggety.agent.notify;

import dev.jiggety.model.Channel;

/** Tells people for as long as a term lasts. Safe for any thread. */
public final class Notifier implements AutoCloseable {
  private final Desk desk;
  private final WebhookTransport webhooks;

  private Notifier(Desk desk, WebhookTransport webhooks) {
    this.desk = desk;
    this.webhooks = webhooks;
  }

  /**
   * Begins, and returns at once.
   *
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked now
   */
  public static Notifier begin(Sources sources, Term term, NotifySettings settings) {
    return begin(sources, term, settings, new MailTransport(), WebhookTransport.usual());
  }

  static Notifier begin(
      Sources sources,
      Term term,
      NotifySettings settings,
      MailTransport mail,
      WebhookTransport webhooks) {
    CommandTransport commands = new CommandTransport(settings.commands());
    Post post =
        new Post(
            settings.secrets(),
            target ->
                switch (target) {
                  case Channel.Mail _ -> mail;
                  case Channel.Webhook _ -> webhooks;
                  case Channel.Command _ -> commands;
                });
    Desk desk = new Desk(sources, term, post, settings);
    try {
      desk.start();
    } catch (RuntimeException e) {
      desk.close();
      webhooks.close();
      throw e;
    }
    return new Notifier(desk, webhooks);
  }

  /** Ends it. What is under way is left to whoever comes next. */
  @Override
  public void close() {
    desk.close();
    webhooks.close();
  }
}
