<?php
// What authors and readers do on the site, through WordPress's own functions: `php act.php VERB ARGUMENTS`, one line of
// JSON out. People are synthetic: the author `anna_1` is the user `seed_anna_1`.
//   install                        tables, address scheme, the zone Europe/Helsinki (so that `date` is not `date_gmt`)
//   post TITLE HTML                --author anna_1 --tags flu,vaccine --date '2026-11-20 09:00:00' (GMT) --status draft
//   posts COUNT TITLE HTML         numbered, a minute apart
//   edit POST HTML                 delete POST (for good)      trash POST
//   comment POST NAME TEXT         --parent COMMENT --status hold|spam
//   edit-comment COMMENT TEXT      delete-comment COMMENT
namespace Polso\Act;

define('WP_USE_THEMES', false);
[$verb, $words, $options] = arguments(array_slice($argv, 1));
if ($verb === 'install') define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('WP_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('WP_URL'), PHP_URL_PORT);
require getenv('WP_SITE') . '/wp-load.php';

function arguments(array $given): array {
    $words = $options = [];
    for ($i = 0; $i < count($given); $i++) {
        if (str_starts_with($given[$i], '--')) $options[substr($given[$i], 2)] = $given[++$i] ?? '';
        else $words[] = $given[$i];
    }
    return [array_shift($words), $words, $options];
}

function checked($result) {
    if (is_wp_error($result)) throw new \RuntimeException($result->get_error_message());
    if (!$result) throw new \RuntimeException('WordPress refused');
    return $result;
}

function user(string $name): int {
    $login = "seed_$name";
    $known = get_user_by('login', $login);
    return $known ? $known->ID : checked(wp_insert_user([
        'user_login' => $login, 'user_pass' => "password-of-$name", 'user_email' => "$login@example.org",
        'display_name' => $login, 'role' => 'author',
    ]));
}

function site(): array {
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install('Clinic notes', 'seed_admin', 'admin@example.org', true, '', 'password-of-admin');
    wp_delete_post(1, true);
    wp_delete_post(2, true);
    global $wp_rewrite;
    $wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%postname%/');
    flush_rewrite_rules(false);
    foreach (['timezone_string' => 'Europe/Helsinki', 'comment_moderation' => '0', 'comment_previously_approved' => '0'] as $name => $value) {
        update_option($name, $value);
    }
    switch_theme('twentytwentythree');
    return ['version' => get_bloginfo('version')];
}

function post(array $words, array $options): array {
    $gmt = $options['date'] ?? gmdate('Y-m-d H:i:s');
    $id = checked(wp_insert_post([
        'post_title' => $words[0], 'post_content' => $words[1], 'post_status' => $options['status'] ?? 'publish',
        'post_author' => user($options['author'] ?? 'anna_1'), 'post_date_gmt' => $gmt, 'post_date' => get_date_from_gmt($gmt),
        'tags_input' => array_filter(explode(',', $options['tags'] ?? '')),
    ], true));
    return ['id' => $id, 'link' => get_permalink($id)];
}

function posts(array $words, array $options): array {
    $ids = [];
    for ($i = 1; $i <= (int) $words[0]; $i++) {
        $date = gmdate('Y-m-d H:i:s', time() - 60 * ((int) $words[0] - $i + 1));
        $ids[] = post(["$words[1] $i", $words[2]], ['date' => $date] + $options)['id'];
    }
    return ['ids' => $ids];
}

function comment(array $words, array $options): array {
    [$post, $name, $text] = $words;
    $id = checked(wp_insert_comment([
        'comment_post_ID' => (int) $post, 'comment_author' => "seed_$name", 'comment_author_email' => "seed_$name@example.org",
        'comment_author_url' => "https://$name.example/", 'comment_content' => $text, 'comment_parent' => (int) ($options['parent'] ?? 0),
        'comment_approved' => ['hold' => '0', 'spam' => 'spam'][$options['status'] ?? ''] ?? '1',
    ]));
    return ['id' => $id, 'link' => get_comment_link($id)];
}

$id = (int) ($words[0] ?? 0);
$answer = match ($verb) {
    'install' => site(),
    'post' => post($words, $options),
    'posts' => posts($words, $options),
    'edit' => ['id' => checked(wp_update_post(['ID' => $id, 'post_content' => $words[1]], true))],
    'trash' => ['id' => checked(wp_trash_post($id))->ID],
    'delete' => ['id' => checked(wp_delete_post($id, true))->ID],
    'comment' => comment($words, $options),
    'edit-comment' => ['id' => $id, 'changed' => checked(wp_update_comment(['comment_ID' => $id, 'comment_content' => $words[1]], true))],
    'delete-comment' => ['id' => $id, 'deleted' => checked(wp_delete_comment($id, true))],
    default => throw new \InvalidArgumentException("unknown verb `$verb`"),
};
echo json_encode($answer, JSON_UNESCAPED_SLASHES), "\n";
