import test from 'ava';
import {formatAnswers} from './forge.ts';

test('answers are told to the responder one by one, in order', t => {
	t.deepEqual(
		formatAnswers({
			9000: [
				{kind: 'tcp', flags: 'R'},
				{kind: 'tcp', flags: 'SA', ack: 2, delay: 20},
			],
			9001: [{kind: 'icmp', type: 3, code: 13, quote: 7, from: '10.0.0.9'}],
			9002: [{kind: 'tcp', extensions: ['hop', 'options']}],
			'fd99::7': [{kind: 'query', id: 1}],
		}),
		[
			'9000:tcp,flags=R',
			'9000:tcp,flags=SA,ack=2,delay=20',
			'9001:icmp,type=3,code=13,quote=7,from=10.0.0.9',
			'9002:tcp,extensions=hop+options',
			'fd99::7:query,id=1',
		],
	);
});
