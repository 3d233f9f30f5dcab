<?php
// WordPress on loopback: its address, database and keys come in the environment; it asks nobody outside for anything.
define('DB_HOST', '127.0.0.1:' . getenv('WP_DB_PORT'));
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', getenv('WP_URL'));
define('WP_SITEURL', getenv('WP_URL'));
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);
define('WP_DEBUG', false);
define('FS_METHOD', 'direct');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $word) {
    define("{$word}_KEY", "$word key of a test site");
    define("{$word}_SALT", "$word salt of a test site");
}
$table_prefix = 'wp_';
ini_set('display_errors', '0');
if (!defined('ABSPATH')) define('ABSPATH', getenv('WP_SITE') . '/');
require_once ABSPATH . 'wp-settings.php';
